"""What is half-made, moved or broken off is mended by the next run."""

import importlib.util
import subprocess
import sys

import pytest

from verify.project import ROOT


@pytest.fixture
def install(tmp_path, monkeypatch):
    """The script, for a folder of its own."""
    spec = importlib.util.spec_from_file_location("i", ROOT / "install.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    venv = tmp_path / "一 本 书" / ".venv"
    monkeypatch.setattr(script, "VENV", venv)
    monkeypatch.setattr(script, "BIN", venv / script.BIN.name)
    return script


def test_a_venv_that_is_broken_off_or_moved_is_made_anew(install, monkeypatch):
    making = subprocess.Popen([sys.executable, "-m", "venv", install.VENV])
    while not (install.VENV / "pyvenv.cfg").exists():
        pass
    making.kill()
    making.wait()
    assert not install.is_whole()
    install.make_venv()
    assert install.is_whole()
    moved = install.VENV.with_name("moved")
    install.VENV.rename(moved)
    monkeypatch.setattr(install, "BIN", moved / install.BIN.name)
    monkeypatch.setattr(install, "VENV", moved)
    assert not install.is_whole()


def test_a_python_that_is_too_old_is_told(install, monkeypatch):
    monkeypatch.setattr(install, "NUMBERS", (99,))
    with pytest.raises(SystemExit, match=f"Python {install.LEAST} or newer"):
        install.main("site")
    assert not install.VENV.exists()


def test_a_package_that_is_half_installed_is_not_taken_for_installed(install):
    packages = install.VENV / "lib/python3.12/site-packages"
    for name in ("half", "whole"):
        (packages / f"{name}-1.dist-info").mkdir(parents=True)
    (packages / "whole-1.dist-info/INSTALLER").touch()
    assert [p.name for p in install.half_installed()] == ["half-1.dist-info"]
