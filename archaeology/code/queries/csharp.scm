; C#. The capture names are described in docs/adding-a-language.md.

(namespace_declaration name: (_) @package)
(file_scoped_namespace_declaration name: (_) @package)

; Definitions
(class_declaration name: (identifier) @name) @definition.class
(record_declaration name: (identifier) @name) @definition.class
(struct_declaration name: (identifier) @name) @definition.struct
(interface_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(delegate_declaration name: (identifier) @name) @definition.type
(method_declaration name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name) @definition.method
(base_list [(identifier) (qualified_name) (generic_name)] @base)
(class_declaration (modifier) @modifier)
(record_declaration (modifier) @modifier)
(struct_declaration (modifier) @modifier)
(interface_declaration (modifier) @modifier)
(enum_declaration (modifier) @modifier)
(method_declaration (modifier) @modifier)
(constructor_declaration (modifier) @modifier)
(attribute name: (_) @decorator)

; Imports
(using_directive [(identifier) (qualified_name) (alias_qualified_name)] @import.module) @import
(using_directive name: (identifier) @import.alias)
(using_directive "static" @import.kind)
(using_directive "global" @scope.reexport)

; Errors
(throw_statement (object_creation_expression type: (_) @raise))
(throw_expression (object_creation_expression type: (_) @raise))
(catch_clause) @catch
(catch_declaration type: (_) @catch.type)

; Calls
(invocation_expression function: (member_access_expression) @call)
(object_creation_expression type: [(identifier) (qualified_name)] @call)

; Prose
(comment) @comment
