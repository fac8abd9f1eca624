; JavaScript, with JSX. The capture names and settings are described in docs/adding-a-language.md.

; Definitions
(class_declaration name: (identifier) @name (#set! word "class")) @definition.class
(class_heritage (_) @base (#set! word "extends"))
(method_definition name: (_) @name (#set! word ") {|){|):") (#set! height "0")) @definition.method
(class_declaration body: (class_body (method_definition name: (_) @name) @definition.method) (#set! word "class"))
(class body: (class_body (method_definition name: (_) @name) @definition.method) (#set! word "class"))
(function_declaration name: (identifier) @name (#set! word "function")) @definition.function
(generator_function_declaration name: (identifier) @name (#set! word "function")) @definition.function
(variable_declarator name: (identifier) @name value: (arrow_function) (#set! word "=>") (#set! height "2")) @definition.function
(variable_declarator name: (identifier) @name value: [(function_expression) (generator_function)]
  (#set! word "function") (#set! height "2")) @definition.function
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name
  value: [(string) (number) (object) (array) (new_expression) (call_expression)]) @definition.constant))
  (#set! word "export") (#set! height "2"))
(export_statement "export" @modifier declaration: (_) (#set! word "export"))
(decorator (_) @decorator (#set! word "@"))

; Exports
(export_statement !source (export_clause (export_specifier name: (_) @export)) (#set! word "export"))
(export_statement value: (identifier) @export (#set! word "export"))
(assignment_expression left: (member_expression object: (identifier) @_module)
  right: [(identifier) @export (object (shorthand_property_identifier) @export)]
  (#any-of? @_module "module" "exports") (#set! word "module|exports") (#set! height "2"))

; Imports
(import_statement source: (string) @import.module (#set! word "import")) @import
(import_statement (import_clause (identifier) @import.default) (#set! word "import"))
(import_statement (import_clause (namespace_import (identifier) @import.namespace)) (#set! word "import"))
(import_statement (import_clause (named_imports (import_specifier name: (_) @import.name))) (#set! word "import"))
(import_statement (import_clause (named_imports (import_specifier alias: (_) @import.alias))) (#set! word "import"))
(export_statement source: (string) @import.module (#set! word "export")) @import @scope.reexport
(export_statement (export_clause (export_specifier name: (_) @import.name)) source: (_) (#set! word "export"))
(variable_declarator name: (identifier) @import.default
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string)))
  (#eq? @_require "require") (#set! word "require") (#set! height "2")) @import
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @import.name)
  value: (call_expression function: (identifier) @_require arguments: (arguments . (string)))
  (#eq? @_require "require") (#set! word "require") (#set! height "2")) @import
(call_expression function: (identifier) @_require arguments: (arguments . (string) @import.module)
  (#eq? @_require "require") (#set! word "require")) @import
(call_expression function: (import) arguments: (arguments . (string) @import.module) (#set! word "import") (#set! height "2"))
  @import @scope.lazy
((try_statement) @scope.conditional (#set! word "try"))

; Errors
(throw_statement [(new_expression constructor: (_) @raise) (call_expression function: (_) @raise)] (#set! word "throw"))
((catch_clause) @catch (#set! word "catch"))
(catch_clause body: (statement_block (if_statement condition: (parenthesized_expression
  (binary_expression operator: "instanceof" right: (_) @catch.type)))) (#set! word "catch"))

; Calls
(call_expression function: [(identifier) (member_expression)] @call)
(new_expression constructor: [(identifier) (member_expression)] @call (#set! word "new"))
(call_expression function: [(identifier) (member_expression)] @call arguments: (template_string)
  (#set! word "`") (#set! height "2"))

; Prose
((comment) @comment (#set! mark "// /*"))
