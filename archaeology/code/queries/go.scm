; Go. The capture names are described in docs/adding-a-language.md.

(package_clause (package_identifier) @package)

; Definitions
(type_declaration (type_spec name: (type_identifier) @name type: (struct_type)) @definition.struct (#set! word "type"))
(type_declaration (type_spec name: (type_identifier) @name type: (interface_type)) @definition.interface (#set! word "type"))
(type_declaration (type_spec name: (type_identifier) @name
  type: [(type_identifier) (qualified_type) (function_type) (map_type) (slice_type) (pointer_type)]) @definition.type (#set! word "type"))
(type_declaration (type_alias name: (type_identifier) @name) @definition.type (#set! word "type"))
(struct_type (field_declaration_list (field_declaration !name type: (_) @base)) (#set! word "struct"))
(interface_type (type_elem [(type_identifier) (qualified_type)] @base) (#set! word "interface"))
(function_declaration name: (identifier) @name) @definition.function
(method_declaration receiver: (parameter_list (parameter_declaration type: (_) @owner)) name: (field_identifier) @name) @definition.method
(source_file (const_declaration (const_spec name: (identifier) @name) @definition.constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @definition.constant) (#match? @name "^[Ee]rr[A-Z]"))

; Imports
(import_declaration (import_spec path: (_) @import.module) @import)
(import_declaration (import_spec name: (_) @import.alias))
(import_declaration (import_spec_list (import_spec path: (_) @import.module) @import))
(import_declaration (import_spec_list (import_spec name: (_) @import.alias)))

; Errors
(call_expression function: (identifier) @raise (#eq? @raise "panic") (#set! word "panic"))
(return_statement (expression_list (call_expression function: [(selector_expression) (identifier)] @raise))
  (#match? @raise "^(errors[.](New|Wrap|Wrapf)|fmt[.]Errorf|.*[a-z.]New[A-Za-z]*Err(or)?|New[A-Za-z]*Err(or)?)$")
  (#set! word "return") (#set! holds "rr"))
(return_statement (expression_list (unary_expression operand: (composite_literal type: (_) @raise))) (#match? @raise "Err")
  (#set! word "return") (#set! holds "rr"))
(return_statement (expression_list [(identifier) (selector_expression)] @raise) (#match? @raise "^([a-z]+[.])?[Ee]rr[A-Z]")
  (#set! word "return") (#set! holds "rr"))
((call_expression function: (selector_expression) @_function arguments: (argument_list (_) . (_) @catch.type)) @catch
  (#any-of? @_function "errors.Is" "errors.As") (#set! word "errors") (#set! height "2"))

; Calls
(call_expression function: (selector_expression operand: [(identifier) (selector_expression)]) @call)

; Prose
((comment) @comment (#set! mark "// /*"))
