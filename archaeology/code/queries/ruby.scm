; Ruby. The capture names are described in docs/adding-a-language.md.

; Definitions
(class name: [(constant) (scope_resolution)] @name) @definition.class
(module name: [(constant) (scope_resolution)] @name) @definition.module
(method name: (_) @name) @definition.method
(singleton_method name: (_) @name) @definition.method
(superclass [(constant) (scope_resolution)] @base)
(call !receiver method: (identifier) @_mixin arguments: (argument_list [(constant) (scope_resolution)] @base)
  (#any-of? @_mixin "include" "extend" "prepend"))
(assignment left: (constant) @name) @definition.constant
(body_statement (identifier) @section (#any-of? @section "private" "protected" "public"))
(call !receiver method: (identifier) @modifier arguments: (argument_list (method))
  (#any-of? @modifier "private" "protected" "public" "private_class_method"))

; Imports. Constants are found by their name (autoloading), so each constant is a possible import.
(call !receiver method: (identifier) @import.kind arguments: (argument_list . (string (string_content) @import.module))
  (#any-of? @import.kind "require" "require_relative" "load")) @import
(constant) @import.reference
(scope_resolution) @import.reference

; Errors
(call !receiver method: (identifier) @_raise arguments: (argument_list . [
    (constant) @raise (scope_resolution) @raise
    (call receiver: [(constant) (scope_resolution)] @raise method: (identifier))])
  (#any-of? @_raise "raise" "fail"))
(rescue) @catch
(rescue exceptions: (exceptions [(constant) (scope_resolution)] @catch.type))

; Calls
(call receiver: [(constant) (scope_resolution)]) @call

; Prose
(comment) @comment
