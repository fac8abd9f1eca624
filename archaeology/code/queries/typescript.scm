; TypeScript and TSX. The capture names are described in docs/adding-a-language.md.

; Definitions
(class_declaration name: (type_identifier) @name) @definition.class
(abstract_class_declaration "abstract" @modifier name: (type_identifier) @name) @definition.class
(extends_clause value: (_) @base)
(implements_clause (_) @base)
(interface_declaration name: (type_identifier) @name) @definition.interface
(extends_type_clause type: (_) @base)
(type_alias_declaration name: (type_identifier) @name) @definition.type
(enum_declaration name: (identifier) @name) @definition.enum
(internal_module name: (_) @name) @definition.module
(method_definition name: (_) @name) @definition.method
(abstract_method_signature "abstract" @modifier name: (_) @name) @definition.method
(interface_body (method_signature name: (_) @name) @definition.method)
(function_declaration name: (identifier) @name) @definition.function
(generator_function_declaration name: (identifier) @name) @definition.function
(function_signature name: (identifier) @name) @definition.function
(variable_declarator name: (identifier) @name
  value: [(arrow_function) (function_expression) (generator_function)]) @definition.function
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name
  value: [(string) (number) (object) (array) (as_expression) (new_expression) (call_expression)]) @definition.constant)))
(export_statement "export" @modifier declaration: (_))
(method_definition (accessibility_modifier) @modifier)
(abstract_method_signature (accessibility_modifier) @modifier)
(decorator (_) @decorator)

; Exports
(export_statement !source (export_clause (export_specifier name: (_) @export)))
(export_statement value: (identifier) @export)

; Imports
(import_statement source: (string) @import.module) @import
(import_statement "type" @import.kind)
(import_clause (identifier) @import.default)
(namespace_import (identifier) @import.namespace)
(import_specifier name: (_) @import.name)
(import_specifier alias: (_) @import.alias)
(import_require_clause (identifier) @import.default source: (string) @import.module)
(import_statement (import_require_clause)) @import
(export_statement source: (string) @import.module) @import @scope.reexport
(export_statement "type" @import.kind source: (_))
(export_statement (export_clause (export_specifier name: (_) @import.name)) source: (_))
(variable_declarator name: (identifier) @import.default
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string)))
  (#eq? @_require "require")) @import
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @import.name)
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string)))
  (#eq? @_require "require")) @import
(call_expression function: (identifier) @_require arguments: (arguments . (string) @import.module)
  (#eq? @_require "require")) @import
(call_expression function: (import) arguments: (arguments . (string) @import.module)) @import @scope.lazy
(try_statement) @scope.conditional

; Errors
(throw_statement [(new_expression constructor: (_) @raise) (call_expression function: (_) @raise)])
(catch_clause) @catch
(catch_clause body: (statement_block (if_statement condition: (parenthesized_expression
  (binary_expression operator: "instanceof" right: (_) @catch.type)))))

; Calls
(call_expression function: [(identifier) (member_expression)] @call)
(new_expression constructor: [(identifier) (member_expression)] @call)

; Prose
(comment) @comment
