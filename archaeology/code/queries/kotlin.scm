; Kotlin. The capture names are described in docs/adding-a-language.md.

(package_header (qualified_identifier) @package)

; Definitions
(class_declaration "class" name: (identifier) @name) @definition.class
(class_declaration "interface" name: (identifier) @name) @definition.interface
(object_declaration name: (identifier) @name) @definition.class
(companion_object) @definition._silent
(function_declaration name: (identifier) @name) @definition.function
(type_alias type: (identifier) @name) @definition.type
(delegation_specifier [(user_type) @base (constructor_invocation (user_type) @base)])
(modifiers [(visibility_modifier) (inheritance_modifier) (class_modifier)] @modifier)
(modifiers (annotation [(user_type) @decorator (constructor_invocation (user_type) @decorator)]))
(property_declaration (modifiers (property_modifier) @_const) (variable_declaration (identifier) @name)
  (#eq? @_const "const")) @definition.constant
(source_file (property_declaration (variable_declaration (identifier) @name)) @definition.constant)

; Imports
(import (qualified_identifier) @import.module) @import
(import (identifier) @import.alias)

; Errors
(throw_expression (call_expression . [(identifier) (navigation_expression)] @raise))
(catch_block) @catch
(catch_block (user_type) @catch.type)

; Calls
(call_expression . [(identifier) (navigation_expression)] @call)

; Prose
(line_comment) @comment
(block_comment) @comment
