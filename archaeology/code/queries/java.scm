; Java. The capture names are described in docs/adding-a-language.md.

(package_declaration [(scoped_identifier) (identifier)] @package)

; Definitions
(class_declaration name: (identifier) @name) @definition.class
(record_declaration name: (identifier) @name) @definition.class
(interface_declaration name: (identifier) @name) @definition.interface
(annotation_type_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(method_declaration name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name) @definition.method
(superclass (_) @base)
(super_interfaces (type_list (_) @base))
(extends_interfaces (type_list (_) @base))
(modifiers ["public" "private" "protected" "abstract" "static" "final" "sealed"] @modifier)
(modifiers (marker_annotation name: (_) @decorator))
(modifiers (annotation name: (_) @decorator))
(class_body (field_declaration (modifiers "static" "final") declarator: (variable_declarator name: (identifier) @name))
  @definition.constant)

; Imports
(import_declaration [(scoped_identifier) (identifier)] @import.module) @import
(import_declaration "static" @import.kind)
(import_declaration (asterisk) @import.name)

; Errors
(throw_statement (object_creation_expression type: (_) @raise))
(catch_clause) @catch
(catch_type (_) @catch.type)

; Calls
(method_invocation object: [(identifier) (field_access)]) @call
(object_creation_expression type: [(type_identifier) (scoped_type_identifier)] @call)

; Prose
(line_comment) @comment
(block_comment) @comment
