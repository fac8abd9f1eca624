; Elixir. The capture names are described in docs/adding-a-language.md.

; Definitions
(call target: (identifier) @_keyword (arguments . (alias) @name @package) (do_block) (#eq? @_keyword "defmodule")) @definition.module
(call target: (identifier) @_keyword (arguments . (alias) @name) (#eq? @_keyword "defprotocol")) @definition.protocol
(call target: (identifier) @_keyword (arguments . (alias) @name) (#eq? @_keyword "defimpl")) @definition._silent
(call target: (identifier) @modifier (arguments . [
    (identifier) @name
    (call target: (identifier) @name)
    (binary_operator left: [(identifier) @name (call target: (identifier) @name)] operator: "when")])
  (#any-of? @modifier "def" "defp" "defmacro" "defmacrop" "defguard" "defguardp" "defdelegate")) @definition.function
(unary_operator operand: (call target: (identifier) @_attribute (arguments (alias) @base)) (#eq? @_attribute "behaviour"))
(call target: (identifier) @_keyword (arguments . (alias) @base) (#eq? @_keyword "use"))
(unary_operator operand: (call target: (identifier) @decorator (arguments (boolean))) (#any-of? @decorator "impl" "deprecated"))

; Imports. A module that is called by its full name needs no statement.
(call target: (identifier) @import.kind (arguments . [(alias) (dot)])
  (#any-of? @import.kind "alias" "import" "require" "use")) @import
(dot left: (alias) @import.reference right: (identifier))
(struct (alias) @import.reference)
; What is handed on by its full name: in lists and tuples, as a default or an argument. Of one word it may be any process's name.
([
  (list (alias) @import.reference)
  (tuple (alias) @import.reference)
  (pair value: (alias) @import.reference)
  (arguments (alias) @import.reference)
  (binary_operator (alias) @import.reference)
  (body (alias) @import.reference)
  (do_block (alias) @import.reference)
] (#match? @import.reference "[.]"))

; Errors
(call target: (identifier) @_raise (arguments . (alias) @raise) (#any-of? @_raise "raise" "reraise"))
(rescue_block (stab_clause left: (arguments [
    (alias) @catch.type
    (binary_operator right: [(alias) @catch.type (list (alias) @catch.type)])])) @catch)

; Calls
(call target: (dot left: [(alias) (atom)])) @call

; Prose
(comment) @comment
(unary_operator operand: (call target: (identifier) @_doc (arguments (string (quoted_content) @docstring.module)))
  (#eq? @_doc "moduledoc"))
(unary_operator operand: (call target: (identifier) @_doc (arguments (string (quoted_content) @docstring)))
  (#eq? @_doc "doc"))
