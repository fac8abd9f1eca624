; Go. The capture names are described in docs/adding-a-language.md.

(package_clause (package_identifier) @package)

; Definitions
(type_spec name: (type_identifier) @name type: (struct_type)) @definition.struct
(type_spec name: (type_identifier) @name type: (interface_type)) @definition.interface
(type_spec name: (type_identifier) @name
  type: [(type_identifier) (qualified_type) (function_type) (map_type) (slice_type) (pointer_type)]) @definition.type
(type_alias name: (type_identifier) @name) @definition.type
(struct_type (field_declaration_list (field_declaration !name type: (_) @base)))
(interface_type (type_elem [(type_identifier) (qualified_type)] @base))
(function_declaration name: (identifier) @name) @definition.function
(method_declaration receiver: (parameter_list (parameter_declaration type: (_) @owner)) name: (field_identifier) @name)
  @definition.method
(source_file (const_declaration (const_spec name: (identifier) @name) @definition.constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @definition.constant) (#match? @name "^[Ee]rr[A-Z]"))

; Imports
(import_spec path: (_) @import.module) @import
(import_spec name: (_) @import.alias)

; Errors
(call_expression function: (identifier) @raise (#eq? @raise "panic") (#set! only-with "panic"))
(return_statement (expression_list (call_expression function: [(selector_expression) (identifier)] @raise))
  (#match? @raise "^(errors[.](New|Wrap|Wrapf)|fmt[.]Errorf|.*[a-z.]New[A-Za-z]*Err(or)?|New[A-Za-z]*Err(or)?)$"))
(return_statement (expression_list (unary_expression operand: (composite_literal type: (_) @raise))) (#match? @raise "Err"))
(return_statement (expression_list [(identifier) (selector_expression)] @raise) (#match? @raise "^([a-z]+[.])?[Ee]rr[A-Z]"))
((call_expression function: (selector_expression) @_function arguments: (argument_list (_) . (_) @catch.type)) @catch
  (#any-of? @_function "errors.Is" "errors.As") (#set! only-with "errors.Is errors.As"))

; Calls
(call_expression function: (selector_expression operand: [(identifier) (selector_expression)]) @call)

; Prose
(comment) @comment
