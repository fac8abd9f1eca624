"""What secrets look like: by their own form, by the prefix that an issuer gives them, and by the name they are assigned to.

In every pattern the group ``secret`` is what is replaced; the rest stays, so that the text can still be understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of secret. ``entropy`` is the least that its value must have, in bits a character.

    ``hints`` are lower-case words one of which is in every text that can match: looking for them is much cheaper than the pattern.
    """

    kind: str
    pattern: re.Pattern[str]
    entropy: float = 0.0
    hints: tuple[str, ...] = ()


def _rule(kind: str, pattern: str, *hints: str, entropy: float = 0.0, flags: int = 0) -> Rule:
    return Rule(kind, re.compile(pattern, flags), entropy, hints)


_B64 = r"[A-Za-z0-9+/_=-]"
_START = r"(?<![A-Za-z0-9])"

FORMS: tuple[Rule, ...] = (
    _rule(
        "private key",
        r"(?s)(?P<secret>-----BEGIN[ A-Z0-9_-]{0,80}PRIVATE KEY[ A-Z]{0,10}-----.{50,}?(?:-----END[ A-Z0-9_-]{0,80}-----|\Z))",
        "private key",
    ),
    _rule("age key", r"(?P<secret>AGE-SECRET-KEY-1[A-Z0-9]{20,})", "age-secret-key"),
    _rule(
        "password in an address",
        r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@'\"<>]{0,100}:(?P<secret>[^\s/'\"<>]{3,200})@[\w\[.-]",
        "://",
    ),
    _rule("webhook", r"(?i)hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[\w+/-]{20,})", "hooks.slack"),
    _rule("webhook", r"(?i)webhook\.office\.com/webhookb2/(?P<secret>\S{40,})", "webhook.office"),
    _rule("webhook", r"(?i)outlook\.office\.com/webhook/(?P<secret>[^\s\"'<>]{40,})", "outlook.office"),
    _rule("webhook", r"(?i)discord(?:app)?\.com/api/webhooks/(?P<secret>\d{15,}/[\w-]{20,})", "api/webhooks"),
    _rule(
        "json web token",
        rf"(?P<secret>{_START}ey[A-Za-z0-9]{{12,}}\.ey[\w/\\-]{{12,}}(?:\.[\w/\\-]{{6,}}={{0,2}})?)",
        "ey",
    ),
    _rule("json web token", rf"(?P<secret>{_START}ZXlK[A-Za-z0-9+/_-]{{40,}}={{0,2}})", "zxlk"),
    _rule(
        "authorization header",
        r"(?i)\b(?:proxy-)?authorization['\"]?\s*[:=,]\s*['\"]?\s*(?:(?:basic|bearer|token|apikey|digest|negotiate)\s+)?(?P<secret>[\w+/=.~:-]{8,})",
        "authorization",
        entropy=2.8,
    ),
    _rule("bearer token", r"(?i)\bbearer\s+(?P<secret>[\w+/=.~-]{20,})", "bearer", entropy=3.2),
    _rule(
        "header with a key",
        r"(?i)-H\s*=?\s*['\"]?\s*[\w-]*(?:token|key|secret|auth)[\w-]*\s*:\s*(?P<secret>[^\s'\"]{8,})",
        "-h",
        entropy=2.8,
    ),
    _rule(
        "password on a command line",
        r"curl\b[^\n]*?\s(?:-u|--user|-U|--proxy-user)[\s=]*['\"]?(?P<secret>[^\s:'\"$<{]{0,80}:[^\s'\"]{3,}|[^\s:'\"$<{]{6,80}:(?=['\"\s]))",
        "curl",
        entropy=1.5,
    ),
    _rule(
        "password on a command line",
        r"(?i)(?<![\w-])--?(?:password|passwd|pwd|pass|api-?key|(?:access|storage|account|secret)-?key|(?:access-?|auth-?)?token|secret)[ =]{1,3}['\"]?(?P<secret>[^\s'\"$<>{}%-][^\s'\"<>{}]{6,200})",
        "-p",
        "-a",
        "-s",
        "-t",
        entropy=2.5,
    ),
    _rule(
        "password of a machine",
        r"(?i)\bmachine\s+\S{1,200}\s+login\s+\S{1,200}\s+password\s+(?P<secret>[^\s'\"]{6,200})",
        "machine",
    ),
    _rule(
        "password",
        r"(?i)\bNetworkCredential\(\s*\"[^\"\n]{1,200}\"\s*,\s*\"(?P<secret>[^\"\n]{6,200})\"",
        "networkcredential",
    ),
    _rule(
        "password hash",
        r"\$(?:2[abxy]?|[156789y]|argon2\w{1,2}|krb5\w{2,8})\$(?P<secret>[^\s'\",;<>]{20,400})",
        "$2",
        "$1",
        "$5",
        "$6",
        "$7",
        "$8",
        "$9",
        "$y",
        "$a",
        "$k",
        entropy=3.2,
    ),
    _rule(
        "element with a secret",
        r"(?i)<(?P<tag>(?:[\w.-]{0,30}[_.:-]?)(?:password|passwd|secret|token|api[_-]?key|(?:access|account|private)[_-]?key))>\s*(?P<secret>[^<>]{8,400}?)\s*</(?P=tag)>",
        "<",
        entropy=3.0,
    ),
    _rule(
        "gem server credentials", r"(?i)BUNDLE_\w+__\w+[\s=:\"'`>]{1,9}(?P<secret>[a-f0-9]{8}:[a-f0-9]{8})", "bundle_"
    ),
    _rule("password", r"(?i)<add\s+key=\"[^\"]*password\"\s+value=\"(?P<secret>[^\"]{6,})\"", "password", entropy=1.5),
)

# Issuers that mark what they issue. The body is checked for randomness, so that words that begin alike stay.
_MARKED: tuple[tuple[str, str, float], ...] = (
    ("1password", r"ops_eyJ[A-Za-z0-9+/]{60,}={0,3}|A3-[A-Z0-9]{6}-[A-Z0-9]{5,11}(?:-[A-Z0-9]{5,6}){3,4}", 3.0),
    (
        "amazon",
        r"(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}|ABSK[A-Za-z0-9+/]{60,}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t\S*",
        2.9,
    ),
    ("airtable", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{32,}", 3.0),
    ("alibaba", r"LTAI[A-Za-z0-9]{17,21}", 3.0),
    ("anthropic", r"sk-ant-[a-z0-9]{3,10}-[\w-]{80,}", 3.0),
    ("artifactory", r"AKCp[A-Za-z0-9]{60,}|cmVmd[A-Za-z0-9]{50,}", 3.0),
    ("atlassian", r"ATATT3[\w=-]{60,}|ATCTT3[\w=-]{60,}", 3.0),
    (
        "authress",
        r"(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[a-z0-9+/_=-]{30,120}",
        3.0,
    ),
    ("azure devops", r"[A-Za-z0-9]{48,60}JQQJ9[A-Za-z0-9]{15,30}", 3.0),
    ("azure", r"[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![\w~.-])", 3.3),
    ("bitbucket", r"ATBB[A-Za-z0-9]{28,36}", 3.0),
    ("clojars", r"(?i:CLOJARS_[a-z0-9]{50,})", 2.0),
    ("cloudflare", r"v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}", 2.0),
    ("clickhouse", r"4b1d[A-Za-z0-9]{38}", 3.0),
    ("databricks", r"dapi[a-f0-9]{32}(?:-\d)?", 2.9),
    ("definednetworking", r"dnkey-[\w=-]{20,}", 3.0),
    ("digitalocean", r"do[opr]_v1_[a-f0-9]{64}", 2.9),
    ("doppler", r"dp\.(?:pt|st|ct|scim|audit|sa)\.[A-Za-z0-9._-]{30,}", 2.0),
    ("duffel", r"duffel_(?:test|live)_[\w=-]{40,}", 2.0),
    ("dynatrace", r"dt0c01\.[A-Za-z0-9]{20,28}\.[A-Za-z0-9]{50,}", 3.0),
    ("easypost", r"EZ[AT]K[A-Za-z0-9]{54}", 2.0),
    ("facebook", r"EAA[MC][A-Za-z0-9]{80,}|\d{15,16}(?:\||%7C)[\w-]{27,40}", 3.2),
    ("flutterwave", r"FLW(?:PUB|SEC)K_TEST-[A-Fa-f0-9]{12,32}(?:-X)?", 2.0),
    ("fly", r"fo1_[\w-]{40,}|fm1[ar]_[A-Za-z0-9+/]{90,}={0,3}|fm2_[A-Za-z0-9+/]{90,}={0,3}", 3.0),
    ("frame.io", r"fio-u-[\w=-]{60,}", 2.0),
    ("gitlab cookie", r"_gitlab_session=[0-9a-z]{30,}", 2.5),
    ("gocardless", r"live_[\w=-]{40}", 3.0),
    ("google", r"AIza[\w-]{35}|GOCSPX-[\w-]{28}|ya29\.[\w-]{40,}", 3.3),
    ("github", r"(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,})", 3.0),
    (
        "gitlab",
        r"(?:glpat|gldt|glft|glsoat|glrt|glptt|glagent|gloas|glimt|glffct|glcbt)-[\w.-]{18,}|GR1348941[\w-]{20}",
        3.0,
    ),
    (
        "grafana",
        r"(?i:eyJrIjoi[A-Za-z0-9]{60,}={0,3}|glc_(?=[A-Za-z+/]*\d)[A-Za-z0-9+/]{30,}={0,3}|glsa_[A-Za-z0-9]{30,}_[A-Fa-f0-9]{8})",
        3.0,
    ),
    ("harness", r"(?:pat|sat)\.[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}", 2.0),
    ("hashicorp", r"(?i:[a-z0-9]{14}\.atlasv1\.[a-z0-9_=-]{60,70})", 3.2),
    ("heroku", r"HRKU-AA[\w-]{50,}", 3.0),
    ("huggingface", r"(?:hf_|api_org_)[A-Za-z]{34}", 2.5),
    ("infracost", r"(?<!\.)ico-[A-Za-z0-9]{32}", 3.0),
    ("intra42", r"s-s4t2(?:ud|af)-[a-f0-9]{64}", 3.0),
    ("linear", r"lin_api_[A-Za-z0-9]{40}", 2.0),
    ("lob", r"(?:live|test)_(?:pub_)?[a-f0-9]{30,36}", 2.5),
    ("mailgun", r"(?:pubkey|key)-[a-f0-9]{32}", 2.9),
    ("mapbox", r"pk\.[a-z0-9]{50,}\.[a-z0-9]{20,}", 3.0),
    ("new relic", r"(?i:NRAK-[a-z0-9]{27}|NRJS-[a-f0-9]{19}|NRII-[a-z0-9-]{32}|(?:eu01xx)?[a-f0-9]{30,40}NRAL)", 2.5),
    ("notion", r"ntn_\d{11}[A-Za-z0-9]{32,38}", 3.5),
    ("npm", r"npm_[A-Za-z0-9]{36}", 2.0),
    ("octopus", r"API-[A-Z0-9]{26}", 3.0),
    (
        "openai",
        r"sk-(?:proj-|svcacct-|admin-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}|sk-(?:proj|svcacct|admin)-[\w-]{40,}|sk-[A-Za-z0-9]{48}",
        3.0,
    ),
    ("openrouter", r"sk-or-v1-[a-f0-9]{64}|gsk_[A-Za-z0-9]{52}|xai-[A-Za-z0-9]{80}|r8_[A-Za-z0-9]{37}", 3.0),
    ("openshift", r"sha256~[\w-]{43}", 3.5),
    ("perplexity", r"pplx-[A-Za-z0-9]{48}", 4.0),
    ("plaid", r"access-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", 2.5),
    ("planetscale", r"pscale_(?:pw|tkn|oauth)_[\w=.-]{32,64}", 3.0),
    ("postman", r"PMAK-[A-Fa-f0-9]{24}-[A-Fa-f0-9]{34}", 3.0),
    ("prefect", r"pnu_[A-Za-z0-9]{36}", 2.0),
    ("pulumi", r"pul-[a-f0-9]{40}", 2.0),
    ("pypi", r"pypi-AgE[\w-]{50,}", 3.0),
    ("readme", r"rdme_[a-z0-9]{70}", 2.0),
    ("rubygems", r"rubygems_[a-f0-9]{48}", 2.0),
    ("scalingo", r"tk-us-[\w-]{48}", 2.0),
    ("sendgrid", r"SG\.[\w=.-]{60,70}", 2.0),
    ("sendinblue", r"xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}", 2.0),
    ("sentry", r"sntrys_eyJpYXQiO[\w+/=-]{60,}|sntryu_[a-f0-9]{64}", 3.0),
    ("settlemint", r"sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}", 3.0),
    ("shippo", r"shippo_(?:live|test)_[a-fA-F0-9]{40}", 2.0),
    ("shopify", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", 2.0),
    (
        "slack",
        r"(?!xox[bp]-(?:\d{1,7}-|\d+(?![\w-])))xox[abeoprs](?:\.xox[bp])?-(?=(?:[A-Za-z-]*\d){5})[A-Za-z0-9-]{10,}|xapp-\d-[A-Z0-9]{8,}-\d{8,}-[a-f0-9]{30,}",
        2.0,
    ),
    ("sourcegraph", r"sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}", 3.0),
    ("square", r"(?:EAAA|sq0atp-|sq0csp-)[\w-]{22,60}", 2.0),
    ("stripe", r"(?:sk|rk|pk)_(?:test|live|prod)_[A-Za-z0-9]{10,99}", 2.0),
    ("telegram", r"\d{8,10}:AA[\w-]{33}", 3.0),
    ("twilio", r"(?:SK|AC)[0-9a-fA-F]{32}", 3.0),
    ("twitter", r"A{22}[A-Za-z0-9%]{80,100}", 3.0),
    ("typeform", r"tfp_[\w=.-]{59}", 3.0),
    ("vault", r"hv[bs]\.[\w-]{24,300}|\bs\.(?=\w*\d)(?=\w*[A-Z])[A-Za-z0-9]{24}\b", 3.4),
    ("yandex", r"YC[A-Za-z0-9_-]{38}|AQVN[\w-]{35,38}|t1\.[A-Z0-9a-z_=-]+\.[A-Z0-9a-z_=-]{86}={0,2}", 3.0),
)

# What goes on in crosses or stars was masked by somebody already.
MARKED: tuple[Rule, ...] = tuple(
    _rule(f"{issuer} key", rf"(?P<secret>{_START}(?:{body})(?![A-Za-z0-9]|[\w-]{{0,80}}[#*]{{4}}))", entropy=least)
    for issuer, body, least in _MARKED
)

_WORDS = r"(?:api[_. -]?key|apikey|access|auth|credentials?|creds|passphrase|passwd|password|pass|pwd|secret|token|webhook|session[_-]?id|key)"
# A name that goes on after the word is about the secret and not the secret: keyFile, token_count, credentialsId.
_SUFFIX = r"(?:s|[_-]?(?:\d{1,2}|live|test|prod|production|dev|staging|value|base64|b64))?"
ASSIGNED = re.compile(
    rf"""(?ix)
    (?P<name>[\w.$@-]{{0,60}}?{_WORDS}{_SUFFIX}) (?![\w-])
    (?:['"`\]>]|\\")?
    (?: [^\S\n]{{0,3}} (?: string | :? str ) )?
    [^\S\n]{{0,8}}
    (?P<operator> => | :{{1,3}}= | \?= | \+= | \.= | \|\|:? | <= | = | :{{1,3}} | , | (?<=>)\s{{1,20}} )
    (?: \s{{0,12}} )
    (?: [A-Za-z_]{{0,3}} (?P<quote> \\?["'`]{{1,3}} ) )?
    (?P<secret> [^\s"'`<>\\]{{6,400}} )
    """
)
KUBERNETES = re.compile(r"(?im)^\s*[\"']?kind[\"']?\s*:\s*[\"']?secret\b")
KUBERNETES_VALUE = re.compile(
    r"(?m)^[ \t]+[\"']?[\w.-]+[\"']?[ \t]*:[ \t]*(?:[>|]-?[ \t]*\n[ \t]+)?[\"']?(?P<secret>[A-Za-z0-9+/]{10,}={0,2})[\"']?[ \t]*$"
)
