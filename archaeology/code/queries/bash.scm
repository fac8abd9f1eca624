; Shell: functions, sourced files as written, prose. The capture names are described in docs/adding-a-language.md.

(function_definition name: (word) @name) @definition.function
(command name: (command_name) @_source argument: [(word) (string) (raw_string) (concatenation)] @import.module
  (#any-of? @_source "source" ".")) @import
(comment) @comment
