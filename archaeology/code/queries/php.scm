; PHP. The capture names are described in docs/adding-a-language.md.

(namespace_definition name: (namespace_name) @package)

; Definitions
(class_declaration name: (name) @name) @definition.class
(interface_declaration name: (name) @name) @definition.interface
(trait_declaration name: (name) @name) @definition.trait
(enum_declaration name: (name) @name) @definition.enum
(method_declaration name: (name) @name) @definition.method
(function_definition name: (name) @name) @definition.function
(const_element . (name) @name) @definition.constant
(base_clause [(name) (qualified_name)] @base)
(class_interface_clause [(name) (qualified_name)] @base)
(use_declaration [(name) (qualified_name)] @base)
(method_declaration [(visibility_modifier) (abstract_modifier)] @modifier)
(class_declaration (abstract_modifier) @modifier)
(const_declaration (visibility_modifier) @modifier)
(attribute [(name) (qualified_name)] @decorator)

; Imports
(namespace_use_declaration) @import
(require_expression (string) @import.module) @import
(require_once_expression (string) @import.module) @import
(include_expression (string) @import.module) @import
(include_once_expression (string) @import.module) @import

; Errors
(throw_expression (object_creation_expression [(name) (qualified_name)] @raise))
(throw_expression (scoped_call_expression scope: (_) @raise))
(catch_clause) @catch
(catch_clause type: (type_list (named_type) @catch.type))

; Calls: to classes by static call and construction; and fully or partly qualified names, which import by themselves.
(scoped_call_expression scope: [(name) (qualified_name)]) @call
(object_creation_expression [(name) (qualified_name)] @call)
(qualified_name) @import.reference

; Prose
(comment) @comment
