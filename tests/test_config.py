"""The person's settings: read whole, told by file and key where wrong, and honoured."""

import os
from pathlib import Path

import pytest

from cookietui.config import Config, load_config
from cookietui.errors import ConfigError, StoreError
from cookietui.model.profile import AddedFolder, Profile
from cookietui.paths import Environment
from cookietui.safety.backup import BackupRules
from cookietui.stores.brands import BRANDS
from cookietui.stores.discovery import find_profiles
from tests.builders import chromium_row, chromium_store, firefox_row, firefox_store
from tests.cli.conftest import Cli
from tests.unprivileged import folder_for_everybody, locked, printed

ADDED = '[[folders]]\nbrowser = "{}"\npath = "{}"\n'
_IMPORTS = """
from pathlib import Path
from cookietui.config import load_config
from cookietui.errors import ConfigError
"""
_LOAD = """
try:
    load_config(Path(sys.argv[1]))
except ConfigError as error:
    print(error.message)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "someone"


@pytest.fixture
def cli(home: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line in a home with one profile."""
    firefox_store(home / ".config/mozilla/firefox/a.default", [firefox_row()])
    return Cli(home, capsys)


def configure(cli: Cli, text: str) -> Path:
    cli.environment.settings.parent.mkdir(parents=True, exist_ok=True)
    cli.environment.settings.write_text(text)
    return cli.environment.settings


def found(home: Path, *added: tuple[str, str]) -> dict[str, Profile]:
    """Profiles by their ids, with nothing wrong."""
    folders = tuple(AddedFolder(*each) for each in added)
    profiles, wrong = find_profiles(Environment.of_home(home), folders)
    assert wrong == ()
    assert len({profile.id for profile in profiles}) == len(profiles)
    return {profile.id: profile for profile in profiles}


def test_without_a_file_everything_has_its_default(settings: Path) -> None:
    assert load_config(settings) == Config()
    assert load_config(settings.parent / "missing" / "config.toml").folders == ()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "folders = []\n"])
def test_an_empty_file_is_all_defaults(settings: Path, text: str) -> None:
    settings.write_text(text)
    assert load_config(settings) == Config()


def test_every_folder_is_read_in_the_order_it_stands_in(settings: Path) -> None:
    settings.write_text(ADDED.format("brave", "~/usb") + ADDED.format("firefox", "/mnt/ä b"))
    assert load_config(settings).folders == (
        AddedFolder("brave", "~/usb"),
        AddedFolder("firefox", "/mnt/ä b"),
    )


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", BackupRules(keep_days=30, keep_megabytes=500)),
        ("[backups]\n", BackupRules()),
        ("[backups]\nkeep_days = 0\n", BackupRules(keep_days=0)),
        ("backups = { keep_megabytes = 7 }\n", BackupRules(keep_megabytes=7)),
        ("[backups]\nkeep_days = 1\nkeep_megabytes = 2\n", BackupRules(1, 2)),
    ],
)
def test_how_long_copies_of_stores_are_kept_is_read(
    settings: Path, text: str, rules: BackupRules
) -> None:
    settings.write_text(text)
    assert load_config(settings).backups == rules


@pytest.mark.parametrize("slug", [brand.slug for brand in BRANDS])
def test_every_brand_may_be_named(settings: Path, slug: str) -> None:
    settings.write_text(ADDED.format(slug, "x"))
    assert load_config(settings).folders[0].browser == slug


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ADDED.format("netscape", "x"), "'netscape' - at `$.folders[0].browser`"),
        (ADDED.format("chrome", "x") + ADDED.format("", "x"), "at `$.folders[1].browser`"),
        (ADDED.format("Firefox", "x"), "'Firefox' - at `$.folders[0].browser`"),
        ('[[folders]]\nbrowser = "chrome"\n', "`path` - at `$.folders[0]`"),
        ('[[folders]]\npath = "x"\n', "`browser` - at `$.folders[0]`"),
        (ADDED.format("chrome", "x") + "depth = 2\n", "`depth` - at `$.folders[0]`"),
        ('[[folders]]\nbrowser = "chrome"\npath = 5\n', "`$.folders[0].path`"),
        ('[[folders]]\nbrowser = ["chrome"]\npath = ""\n', "`$.folders[0].browser`"),
        ('folders = "x"\n', "`$.folders`"),
        ("[folders]\n", "`$.folders`"),
        ("backups = 30\n", "`$.backups`"),
        ("[backups]\nkeep_days = '30'\n", "`$.backups.keep_days`"),
        ("[backups]\nkeep_days = 1.5\n", "`$.backups.keep_days`"),
        ("[backups]\nkeep_days = true\n", "`$.backups.keep_days`"),
        ("[backups]\nkeep_days = []\n", "`$.backups.keep_days`"),
        ("[backups]\nkeep_megabytes = 'all'\n", "`$.backups.keep_megabytes`"),
        ("[backups]\nkeep_megabytes = 1979-05-27\n", "`$.backups.keep_megabytes`"),
        ("[backups]\nkeep_weeks = 1\n", "`keep_weeks` - at `$.backups`"),
        ("theme = 1\n", "`theme`"),
        ("[mystery]\n", "`mystery`"),
    ],
)
def test_a_setting_that_is_wrong_is_told_by_file_and_key(
    settings: Path, text: str, told: str
) -> None:
    settings.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(settings)
    assert str(settings) in caught.value.message
    assert told in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_browsers_that_are_known_are_named_where_one_is_not(settings: Path) -> None:
    settings.write_text(ADDED.format("netscape", "x"))
    with pytest.raises(ConfigError) as caught:
        load_config(settings)
    assert all(brand.slug in caught.value.hint for brand in BRANDS)


@pytest.mark.parametrize(
    "content",
    [
        b"folders = [",
        b"no toml",
        b'{"folders": []}',
        b"\xff\xfe",
        b'x = "\xe9"',
        b"a = 1\na = 2\n",
        b"\x00",
        pytest.param(b"a = " + b"[" * 100_000, id="deep"),
        pytest.param(b"a = " + b"9" * 5000, id="digits"),
    ],
)
def test_what_is_not_toml_is_told_in_one_line(settings: Path, content: bytes) -> None:
    settings.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_config(settings)
    assert caught.value.message.startswith(f"{settings} is not TOML: ")
    assert len(caught.value.message.splitlines()) == 1


def test_a_folder_in_the_place_of_the_file_is_told(settings: Path) -> None:
    settings.mkdir()
    with pytest.raises(ConfigError, match="cannot be read") as caught:
        load_config(settings)
    assert str(settings) in caught.value.message


def test_a_file_without_the_right_to_read_it_is_told() -> None:
    with folder_for_everybody() as folder:
        settings = folder / "config.toml"
        settings.write_text("")
        assert printed(_IMPORTS, _LOAD, settings) == ""
        with locked(settings):
            told = printed(_IMPORTS, _LOAD, settings)
    assert told == f"{settings} cannot be read: {os.strerror(13)}\n"


@pytest.mark.parametrize("path", ["{home}/usb", "~/usb", "usb", "{home}/./usb/", "~/x/../usb"])
def test_an_added_folder_is_looked_in_however_it_is_named(home: Path, path: str) -> None:
    (home / "x").mkdir(parents=True)
    store = chromium_store(home / "usb" / "Profile 1")
    profiles = found(home, ("brave", path.format(home=home)))
    assert list(profiles) == ["brave:Profile 1"]
    (profile,) = profiles.values()
    assert (profile.brand, profile.store.resolve()) == ("Brave", store)


def test_a_tilde_alone_is_the_home_folder(home: Path) -> None:
    firefox_store(home / "a.default")
    assert list(found(home, ("firefox", "~"))) == ["firefox:a.default"]


def test_an_added_folder_gives_the_names_that_its_browser_keeps(home: Path, tmp_path: Path) -> None:
    root = tmp_path / "elsewhere"
    firefox_store(root / "Profiles" / "x.y")
    (root / "profiles.ini").write_text("[Profile0]\nName=me\nPath=Profiles/x.y\n")
    assert list(found(home, ("librewolf", str(root)))) == ["librewolf:me"]


@pytest.mark.parametrize(
    ("browser", "store"), [("chrome", "Cookies"), ("chrome", "Network/Cookies"), ("zen", "")]
)
def test_a_profile_folder_itself_may_be_added(home: Path, browser: str, store: str) -> None:
    folder = home / "backup" / "Profile 3"
    if browser == "zen":
        firefox_store(folder)
    else:
        chromium_store((folder / store).parent)
    profiles = found(home, (browser, "~/backup/Profile 3"))
    assert list(profiles) == [f"{browser}:Profile 3"]
    assert [profile.folder for profile in profiles.values()] == [folder]


def test_folders_of_both_families_are_added_to_those_that_are_known(home: Path) -> None:
    chromium_store(home / ".config/chromium/Default")
    chromium_store(home / "usb/Default")
    firefox_store(home / "stick/b.default")
    added = (("chromium", "~/usb"), ("firefox", "~/stick"), ("firefox", "~/stick"))
    profiles = found(home, *added)
    assert set(profiles) == {
        "chromium:Default",
        f"chromium:{home}/usb/Default",
        "firefox:b.default",
    }


def test_a_folder_that_is_known_anyway_is_listed_once(home: Path) -> None:
    chromium_store(home / ".config/chromium/Default")
    assert list(found(home, ("chromium", "~/.config/chromium"))) == ["chromium:Default"]


@pytest.mark.parametrize(
    "path", ["~/missing", "~/empty", "~/file", "/nowhere/at/all", "a" * 300, "a\x00b", ""]
)
@pytest.mark.parametrize("browser", ["chromium", "firefox", "safari"])
def test_an_added_folder_without_a_profile_is_one_line_and_the_others_work(
    home: Path, browser: str, path: str
) -> None:
    chromium_store(home / "usb" / "Default")
    (home / "empty").mkdir()
    (home / "file").write_text("")
    added = (AddedFolder(browser, path), AddedFolder("brave", "~/usb"))
    profiles, wrong = find_profiles(Environment.of_home(home), added)
    assert [profile.id for profile in profiles] == ["brave:Default"]
    ((name, error),) = wrong
    assert isinstance(error, StoreError)
    assert name == str(home / path.removeprefix("~/"))
    assert error.message == f"{name} holds no profile"


def test_the_command_line_looks_in_added_folders(cli: Cli) -> None:
    chromium_store(cli.home / "usb" / "Default", [chromium_row(name="added")])
    configure(cli, ADDED.format("vivaldi", "~/usb"))
    document = cli.json("list")
    assert [each["id"] for each in document["profiles"]] == ["firefox:a.default", "vivaldi:Default"]
    assert {each["name"] for each in document["cookies"]} == {"id", "added"}
    assert cli("list", "--browser", "vivaldi").rows[0][0] == "added"
    assert cli("list", "--profile", "vivaldi:Default").rows[0][0] == "added"


def test_the_command_line_tells_of_an_added_folder_without_a_profile(cli: Cli) -> None:
    configure(cli, ADDED.format("vivaldi", "~/usb"))
    ran = cli("list")
    assert ran.code == 4
    assert [row[0] for row in ran.rows] == ["id"]
    assert ran.err.count(f"{cli.home / 'usb'} holds no profile") == 1


@pytest.mark.parametrize(
    "text", [ADDED.format("netscape", "x"), "theme = 1\n", "folders = [", '[[folders]]\npath = ""']
)
@pytest.mark.parametrize("command", ["list", "sites", "profiles", "doctor"])
def test_settings_that_are_wrong_end_every_command_with_one_line(
    cli: Cli, text: str, command: str
) -> None:
    settings = configure(cli, text)
    ran = cli(command)
    assert (ran.code, ran.out) == (2, "")
    assert str(settings) in ran.err
    assert "Traceback" not in ran.err


def test_help_needs_no_settings(cli: Cli) -> None:
    configure(cli, "folders = [")
    assert cli("--help").code == 0
    assert cli("list", "--help").code == 0
