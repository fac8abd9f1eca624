"""Names of Python's standard library and of the distributions behind import names."""

from __future__ import annotations

import sys

# The union over supported versions, so that a scan says the same whichever Python runs it.
_OTHER_VERSIONS = frozenset(
    """
    __main__ _collections_abc annotationlib asynchat asyncore audioop cgi cgitb chunk compression crypt distutils imghdr imp lib2to3
    mailcap msilib nis nntplib ossaudiodev pipes pydoc_data smtpd sndhdr spwd sunau telnetlib test this tomllib uu xdrlib
    """.split()
)
_STDLIB = (frozenset(sys.stdlib_module_names) | _OTHER_VERSIONS) - {"antigravity"}

# Import packages that many distributions share: their first part says nothing.
_NAMESPACES = {
    "google": 2,
    "google.cloud": 3,
    "azure": 2,
    "azure.mgmt": 3,
    "zope": 2,
    "ruamel": 2,
    "backports": 2,
    "opentelemetry": 1,
    "jaraco": 2,
    "sphinxcontrib": 2,
    "airflow.providers": 3,
    "mpl_toolkits": 1,
}

_DISTRIBUTIONS = {
    "attr": "attrs", "bs4": "beautifulsoup4", "cv2": "opencv-python", "Crypto": "pycryptodome", "dateutil": "python-dateutil",
    "dns": "dnspython", "docx": "python-docx", "dotenv": "python-dotenv", "fitz": "PyMuPDF", "git": "GitPython", "github": "PyGithub",
    "grpc": "grpcio", "jose": "python-jose", "jwt": "PyJWT", "ldap": "python-ldap", "magic": "python-magic",
    "MySQLdb": "mysqlclient", "nacl": "PyNaCl", "OpenSSL": "pyOpenSSL", "PIL": "Pillow", "pkg_resources": "setuptools",
    "psycopg2": "psycopg2", "rest_framework": "djangorestframework", "ruamel.yaml": "ruamel.yaml", "serial": "pyserial",
    "skimage": "scikit-image", "sklearn": "scikit-learn", "slugify": "python-slugify", "socks": "PySocks", "telegram": "python-telegram-bot",
    "usb": "pyusb", "win32api": "pywin32", "win32con": "pywin32", "yaml": "PyYAML", "zmq": "pyzmq", "google.protobuf": "protobuf",
}  # fmt: skip


def is_stdlib(top: str) -> bool:
    """Tell whether a top-level name belongs to the standard library of any supported Python."""
    return top in _STDLIB


def external_package(module: str) -> str:
    """Return the import package that stands for a dependency: the first part, or more of shared namespaces (``google.cloud.storage``)."""
    parts = module.split(".")
    length = 1
    while length < len(parts):
        wanted = _NAMESPACES.get(".".join(parts[:length]), length)
        if wanted <= length:
            break
        length = min(wanted, len(parts))
    return ".".join(parts[:length])


def distribution_of(package: str) -> str:
    """Return the distribution that commonly provides an import package: ``yaml`` is PyYAML; mostly they have one name."""
    return _DISTRIBUTIONS.get(package, package)
