"""Which language a file is in, by its name, its ending or its first line."""

from __future__ import annotations

import re
from types import MappingProxyType

_BY_ENDING = MappingProxyType(
    {
        language: endings.split()
        for language, endings in {
            "python": "py pyi pyw",
            "typescript": "ts mts cts",
            "tsx": "tsx",
            "javascript": "js mjs cjs jsx",
            "go": "go",
            "rust": "rs",
            "java": "java",
            "kotlin": "kt kts",
            "csharp": "cs csx",
            "php": "php phtml",
            "ruby": "rb rake gemspec ru",
            "elixir": "ex exs",
            "erlang": "erl hrl",
            "swift": "swift",
            "scala": "scala sbt sc",
            "c": "c h",
            "cpp": "cc cpp cxx hh hpp hxx ipp",
            "objective-c": "m mm",
            "bash": "sh bash zsh ksh bats",
            "sql": "sql",
            "html": "html htm xhtml",
            "css": "css scss sass less",
            "vue": "vue",
            "svelte": "svelte",
            "markdown": "md markdown mdx",
            "restructuredtext": "rst",
            "asciidoc": "adoc asciidoc",
            "text": "txt",
            "json": "json jsonc json5",
            "yaml": "yaml yml",
            "toml": "toml",
            "ini": "ini cfg conf",
            "xml": "xml xsd xsl",
            "protobuf": "proto",
            "graphql": "graphql gql",
            "terraform": "tf tfvars",
            "lua": "lua",
            "perl": "pl pm",
            "r": "r",
            "dart": "dart",
            "haskell": "hs",
            "clojure": "clj cljs cljc",
            "cython": "pyx pxd",
            "powershell": "ps1 psm1",
            "nix": "nix",
            "zig": "zig",
            "jinja": "j2 jinja jinja2",
            "erb": "erb",
            "twig": "twig",
            "blade": "blade.php",
            "heex": "heex eex leex",
            "jupyter": "ipynb",
        }.items()
    }
)
_LANGUAGE = MappingProxyType({ending: language for language, endings in _BY_ENDING.items() for ending in endings})
_BY_NAME = MappingProxyType(
    {
        "makefile": "makefile",
        "gnumakefile": "makefile",
        "justfile": "just",
        "dockerfile": "dockerfile",
        "containerfile": "dockerfile",
        "rakefile": "ruby",
        "gemfile": "ruby",
        "guardfile": "ruby",
        "podfile": "ruby",
        "vagrantfile": "ruby",
        "brewfile": "ruby",
        "jenkinsfile": "groovy",
        "cmakelists.txt": "cmake",
        "go.mod": "go-module",
        "build.bazel": "starlark",
        "sconstruct": "python",
        "wscript": "python",
        "pipfile": "toml",
        "mix.lock": "elixir-lock",
        ".bashrc": "bash",
        ".editorconfig": "ini",
        ".gitattributes": "git-attributes",
        ".gitignore": "git-ignore",
    }
)
_SHEBANG = re.compile(rb"#!\s*(?:\S*/)?(?:env\s+(?:-\S+\s+)*)?(?:\S*/)?([A-Za-z]+)")
_INTERPRETERS = MappingProxyType(
    {
        b"python": "python",
        b"pypy": "python",
        b"node": "javascript",
        b"deno": "typescript",
        b"bun": "typescript",
        b"ruby": "ruby",
        b"sh": "bash",
        b"bash": "bash",
        b"zsh": "bash",
        b"ksh": "bash",
        b"dash": "bash",
        b"php": "php",
        b"perl": "perl",
        b"lua": "lua",
        b"elixir": "elixir",
        b"make": "makefile",
    }
)
_BINARY_ENDINGS = frozenset(
    (
        "png jpg jpeg gif ico bmp tiff webp avif pdf zip gz bz2 xz zst 7z tar tgz jar war class whl egg so dll dylib exe o a lib "
        "pyc pyd wasm woff woff2 ttf otf eot mp3 mp4 mov avi webm ogg wav flac sqlite sqlite3 db parquet npy npz pickle pkl h5 "
        "keystore jks p12 pfx der bin dat psd sketch fig xls xlsx doc docx ppt pptx nupkg snk mo gmo"
    ).split()
)


def language_of(path: str, head: bytes = b"") -> str | None:
    """Return the language of a file in lower case, or None; ``head`` is the beginning of its content, for a shebang line."""
    name = path.rpartition("/")[2].lower()
    named = _BY_NAME.get(name)
    if named is not None:
        return named
    stem, _, ending = name.rpartition(".")
    if stem or name.startswith("."):
        longer = f"{stem.rpartition('.')[2]}.{ending}"
        language = _LANGUAGE.get(longer) or _LANGUAGE.get(ending)
        if language is not None:
            return language
    if name.startswith(("dockerfile.", "makefile.")):
        return name.partition(".")[0]
    return _interpreter(head)


def ending_of(path: str) -> str:
    """Return the part of the file name behind its last dot, in lower case; empty without one."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if stem else ""


def is_binary_name(path: str) -> bool:
    """Tell whether the file's ending alone says that it is no text."""
    return ending_of(path) in _BINARY_ENDINGS


def _interpreter(head: bytes) -> str | None:
    match = _SHEBANG.match(head)
    return _INTERPRETERS.get(match[1].lower()) if match else None
