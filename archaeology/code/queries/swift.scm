; Swift: symbols, imports as written, prose. The capture names are described in docs/adding-a-language.md.

(class_declaration declaration_kind: "class" name: (_) @name) @definition.class
(class_declaration declaration_kind: "actor" name: (_) @name) @definition.class
(class_declaration declaration_kind: "struct" name: (_) @name) @definition.struct
(class_declaration declaration_kind: "enum" name: (_) @name) @definition.enum
(class_declaration declaration_kind: "extension" name: (_) @name) @definition._silent
(protocol_declaration name: (_) @name) @definition.protocol
(function_declaration name: (_) @name) @definition.function
(protocol_function_declaration name: (_) @name) @definition.function
(inheritance_specifier inherits_from: (_) @base)
(modifiers (visibility_modifier) @modifier)
(modifiers (attribute (user_type) @decorator))
(import_declaration (identifier) @import.module) @import
(comment) @comment
(multiline_comment) @comment
