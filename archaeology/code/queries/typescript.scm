; TypeScript and TSX. The capture names and settings are described in docs/adding-a-language.md.

; Definitions
(class_declaration name: (type_identifier) @name (#set! word "class")) @definition.class
(abstract_class_declaration "abstract" @modifier name: (type_identifier) @name (#set! word "class")) @definition.class
(extends_clause value: (_) @base (#set! word "extends"))
(implements_clause (_) @base (#set! word "implements"))
(interface_declaration name: (type_identifier) @name (#set! word "interface")) @definition.interface
(extends_type_clause type: (_) @base (#set! word "extends"))
(type_alias_declaration name: (type_identifier) @name (#set! word "type")) @definition.type
(enum_declaration name: (identifier) @name (#set! word "enum")) @definition.enum
(internal_module name: (_) @name (#set! word "namespace")) @definition.module
(method_definition name: (_) @name (#set! word ") {|){|):") (#set! height "0")) @definition.method
(class_declaration body: (class_body (method_definition name: (_) @name) @definition.method) (#set! word "class"))
(class body: (class_body (method_definition name: (_) @name) @definition.method) (#set! word "class"))
(abstract_class_declaration body: (class_body (method_definition name: (_) @name) @definition.method) (#set! word "class"))
(abstract_method_signature "abstract" @modifier name: (_) @name (#set! word "abstract")) @definition.method
(interface_declaration body: (interface_body (method_signature name: (_) @name) @definition.method) (#set! word "interface"))
(function_declaration name: (identifier) @name (#set! word "function")) @definition.function
(generator_function_declaration name: (identifier) @name (#set! word "function")) @definition.function
(function_signature name: (identifier) @name (#set! word "function")) @definition.function
(variable_declarator name: (identifier) @name value: (arrow_function) (#set! word "=>") (#set! height "2")) @definition.function
(variable_declarator name: (identifier) @name value: [(function_expression) (generator_function)]
  (#set! word "function") (#set! height "2")) @definition.function
(program (export_statement (lexical_declaration (variable_declarator name: (identifier) @name
  value: [(string) (number) (object) (array) (as_expression) (new_expression) (call_expression)]) @definition.constant))
  (#set! word "export") (#set! height "2"))
(export_statement "export" @modifier declaration: (_) (#set! word "export"))
(method_definition (accessibility_modifier) @modifier (#set! word "private|protected|public") (#set! height "2"))
(abstract_method_signature (accessibility_modifier) @modifier (#set! word "abstract"))
(decorator (_) @decorator (#set! word "@"))

; Exports
(export_statement !source (export_clause (export_specifier name: (_) @export)) (#set! word "export"))
(export_statement value: (identifier) @export (#set! word "export"))

; Imports
(import_statement source: (string) @import.module (#set! word "import")) @import
(import_statement "type" @import.kind (#set! word "import"))
(import_statement (import_clause (identifier) @import.default) (#set! word "import"))
(import_statement (import_clause (namespace_import (identifier) @import.namespace)) (#set! word "import"))
(import_statement (import_clause (named_imports (import_specifier name: (_) @import.name))) (#set! word "import"))
(import_statement (import_clause (named_imports (import_specifier alias: (_) @import.alias))) (#set! word "import"))
(import_statement (import_require_clause (identifier) @import.default source: (string) @import.module) (#set! word "import"))
(import_statement (import_require_clause) (#set! word "import")) @import
(export_statement source: (string) @import.module (#set! word "export")) @import @scope.reexport
(export_statement "type" @import.kind source: (_) (#set! word "export"))
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
