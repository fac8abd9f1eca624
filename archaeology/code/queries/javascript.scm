; JavaScript, with JSX. The capture names are described in docs/adding-a-language.md.

; Definitions
(class_declaration name: (identifier) @name) @definition.class
(class_heritage (_) @base)
(method_definition name: (_) @name) @definition.method
(function_declaration name: (identifier) @name) @definition.function
(generator_function_declaration name: (identifier) @name) @definition.function
(variable_declarator name: (identifier) @name
  value: [(arrow_function) (function_expression) (generator_function)]) @definition.function
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name
  value: [(string) (number) (object) (array) (new_expression) (call_expression)]) @definition.constant)))
(export_statement "export" @modifier declaration: (_))
(decorator (_) @decorator)

; Exports
(export_statement !source (export_clause (export_specifier name: (_) @export)))
(export_statement value: (identifier) @export)
(assignment_expression left: (member_expression object: (identifier) @_module)
  right: [(identifier) @export (object (shorthand_property_identifier) @export)]
  (#any-of? @_module "module" "exports"))

; Imports
(import_statement source: (string) @import.module) @import
(import_clause (identifier) @import.default)
(namespace_import (identifier) @import.namespace)
(import_specifier name: (_) @import.name)
(import_specifier alias: (_) @import.alias)
(export_statement source: (string) @import.module) @import @scope.reexport
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
