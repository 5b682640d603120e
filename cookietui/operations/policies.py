"""The person's own policies: read from documents, kept as files, shown and removed."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cookietui.catalogue.loading import Catalogue, load_policies, policies_in
from cookietui.catalogue.writing import to_toml
from cookietui.errors import CatalogueError, NothingFoundError
from cookietui.model.cookie import MICROSECONDS
from cookietui.model.policy import Match, Policy
from cookietui.model.site import Site, registrable_domain, under
from cookietui.paths import write_privately

if TYPE_CHECKING:
    from cookietui.catalogue.importing.opening import Imported

_TOP_LEVEL = frozenset({"com", "org", "net", "de", "fr", "es", "nl", "pl", "pt", "it", "uk", "eu"})
_SHORT = 2  # letters of a name that says nothing by itself
_SAFE = re.compile(r"[^a-z0-9._-]+")


def read_policy(file: Path, site: Site | None, catalogue: Catalogue, now: int) -> "Imported":
    """Read a document that declares cookies.

    Args:
        file: Where it is.
        site: The site whose policy it is, if it is one's.
        catalogue: Tells which words are names of cookies.
        now: Microseconds since the Unix epoch.

    Raises:
        CatalogueError: It cannot be read or declares nothing.
    """
    # The readers of documents take longer to load than a profile, and few commands need them.
    from cookietui.catalogue.importing.opening import open_document  # noqa: PLC0415

    names = {
        declaration.pattern
        for policy in (*catalogue.own, *catalogue.builtin)
        for declaration in policy.declarations
        if declaration.match is Match.EXACT and len(declaration.pattern) > _SHORT
    }
    if site is not None and _is_public_suffix(site.host):
        raise CatalogueError(
            f"{site.host} is no site of anybody's: others have theirs below it",
            "name the site itself: --site example.com",
        )
    today = datetime.fromtimestamp(now / MICROSECONDS, UTC).date()
    return open_document(file, _speaking_for(site), today, names.__contains__)


def _is_public_suffix(host: str) -> bool:
    below = f"a.{host}"
    return ("." in host and registrable_domain(below) == below) or host in _TOP_LEVEL


def save_policy(folder: Path, policy: Policy) -> Path:
    """Keep a policy as the person's own; one of the same name is replaced.

    Raises:
        CatalogueError: It cannot be written or could not be read again, another file holds a policy
            of this name, or its file holds others.
    """
    target = folder / f"{_SAFE.sub('-', policy.name.lower()) or 'policy'}.toml"
    content = to_toml(policy).encode()
    # One that cannot be read would stop every command there is.
    policies_in(target, content)
    for file in _files(folder):
        _leave_others_alone(file, target, policy.name)
    try:
        write_privately(target, content)
    except OSError as error:
        raise CatalogueError(
            f"{target} cannot be written: {error.strerror or error}", "nothing was changed"
        ) from error
    return target


def remove_policy(folder: Path, name: str) -> Path:
    """Remove a policy of the person's own; the file that held it.

    Raises:
        CatalogueError: It cannot be removed, or shares its file with others.
        NothingFoundError: There is none by that name.
    """
    for file in _files(folder):
        policies = load_policies(file)
        if any(policy.name == name for policy in policies):
            if len(policies) > 1:
                raise CatalogueError(
                    f"{file} holds other policies too", f"take {name} out of it yourself"
                )
            try:
                file.unlink()
            except OSError as error:
                raise CatalogueError(
                    f"{file} cannot be removed: {error.strerror}", "nothing was changed"
                ) from error
            return file
    raise NothingFoundError(
        f"you have no policy called {name!r}", "`cookietui policy list` lists yours"
    )


def find_policy(catalogue: Catalogue, name: str) -> Policy:
    """Find a policy by its name, the person's own first.

    Raises:
        NothingFoundError: There is none.
    """
    for policy in (*catalogue.own, *catalogue.builtin):
        if policy.name == name:
            return policy
    raise NothingFoundError(f"no policy is called {name!r}", "`cookietui policy list` lists them")


def _speaking_for(site: Site | None) -> str | None:
    """The host whose policy it is: what a page on www says holds for the whole site."""
    if site is None:
        return None
    bare = site.host.removeprefix("www.")
    # www.com is a site of its own, and speaks for no other.
    return bare if under(bare, site.registrable) else site.host


def _leave_others_alone(file: Path, target: Path, name: str) -> None:
    names = [policy.name for policy in load_policies(file)]
    if file != target and name in names:
        raise CatalogueError(
            f"{file} holds a policy called {name} already", "remove that one first"
        )
    if file == target and names != [name]:
        raise CatalogueError(
            f"{file} holds other policies than {name}", "give that file another name"
        )


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []
