; Scala: symbols, imports as written, prose. The capture names are described in docs/adding-a-language.md.

(package_clause name: (_) @package)
(class_definition name: (_) @name) @definition.class
(object_definition name: (_) @name) @definition.class
(trait_definition name: (_) @name) @definition.trait
(enum_definition name: (_) @name) @definition.enum
(function_definition name: (_) @name) @definition.function
(function_declaration name: (_) @name) @definition.function
(extends_clause type: [(type_identifier) (generic_type) (stable_type_identifier)] @base)
(modifiers ["abstract" (access_modifier)] @modifier)
(annotation name: (_) @decorator)
(import_declaration) @import
(comment) @comment
(block_comment) @comment
