"""docker-compose.yaml as docker-compose itself reads it: pinned, healthy, without rights, on loopback, and no secret with a default.

There is no Docker engine where the tests run; what was run of it without one is in docs/decisions/0006-served-system.md.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from citynet.pipelines.outside import PROJECT as CHECKOUT
from citynet.pipelines.outside import open_outside

PROJECT = Path(__file__).resolve().parents[2]
COMPOSE = PROJECT / "docker-compose.yaml"
SECRETS = {
    "POSTGRES_PASSWORD": "p" * 64,
    "REDIS_PASSWORD": "r" * 64,
    "AIRFLOW_JWT_SECRET": "j" * 128,
    "AIRFLOW_SECRET_KEY": "s" * 64,
    "AIRFLOW_FERNET_KEY": "f" * 43 + "=",
    "CITYNET_ADMIN_PASSWORD": "a" * 32,
}
OTHERS = ("postgres", "redis", "site")
OURS = {
    "CITYNET_ALERT_CHANNELS": "mailto://c" * 9,
    "CITYNET_OPERATOR_CHANNELS": "mailto://o" * 9,
    "FSSPEC_S3_KEY": "k" * 20,
    "FSSPEC_S3_SECRET": "3" * 40,
}


def compose(tmp_path, variables, *arguments):
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(tmp_path), **variables}
    command = ["docker-compose", "--file", str(COMPOSE), "--project-directory", str(tmp_path), "config", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def services(tmp_path):
    done = compose(tmp_path, SECRETS)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)["services"]


@pytest.mark.parametrize("missing", SECRETS)
def test_without_a_secret_it_does_not_start_and_names_it(missing, tmp_path):
    for variables in ({k: v for k, v in SECRETS.items() if k != missing}, {**SECRETS, missing: ""}):
        done = compose(tmp_path, variables, "--quiet")
        assert done.returncode != 0
        assert f"{missing} is not set" in done.stderr


def test_no_secret_has_a_default_and_the_example_names_each_without_a_value():
    for name, default in re.findall(r"\$\{([A-Z_]+):?-([^}]*)\}", COMPOSE.read_text(encoding="utf-8")):
        assert not re.search("PASSWORD|SECRET|KEY|TOKEN|CHANNELS", name), f"{name} has the default {default!r}"
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=$", example, re.MULTILINE)) == set(SECRETS)
    assert re.findall(r"^[A-Z_]+=.+$", example, re.MULTILINE) == []
    assert ".env" not in (PROJECT / ".dockerignore").read_text(encoding="utf-8")


def test_every_image_is_pinned_to_an_exact_version(services):
    images = {service["image"] for service in services.values()}
    images |= set(re.findall(r"^FROM (\S+)", (PROJECT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE))
    assert len(images) == 5
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z-]+)?$", image), image


def test_no_service_is_root_or_can_become_it(services):
    for name, service in services.items():
        assert int(service["user"].split(":")[0]) > 0, name
        assert not service.get("privileged"), name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert not any(str(volume).startswith("/var/run/docker.sock") for volume in service.get("volumes", [])), name
    assert re.findall(r"^USER (\S+)", (PROJECT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE) == ["50000:50000"]


def test_every_service_that_stays_has_a_health_check_and_waits_for_what_it_needs(services):
    for name, service in services.items():
        assert (service["healthcheck"]["test"] != ["NONE"]) == (name != "init"), name
    needs = {name: {on: c["condition"] for on, c in service.get("depends_on", {}).items()} for name, service in services.items()}
    assert needs["init"] == {"postgres": "service_healthy"}
    assert needs["api-server"]["init"] == "service_completed_successfully"
    for name in set(services) - {*OTHERS, "init", "api-server"}:
        assert needs[name] == {"api-server": "service_healthy", "redis": "service_healthy"}


def test_ports_are_on_loopback_and_database_and_queue_have_none(services):
    ports = {name: service["ports"] for name, service in services.items() if service.get("ports")}
    assert set(ports) == {"api-server", "site"}
    assert all(str(port).startswith("127.0.0.1:") for published in ports.values() for port in published)
    assert set(services["postgres"]["networks"]) == set(services["redis"]["networks"]) == {"inside"}


def test_every_airflow_process_has_the_same_secrets_and_celery(services):
    airflow = {name: service["environment"] for name, service in services.items() if name not in OTHERS}
    assert set(airflow) == {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
    for name, environment in airflow.items():
        assert environment["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor", name
        assert environment["AIRFLOW__API_AUTH__JWT_SECRET"] == SECRETS["AIRFLOW_JWT_SECRET"], name
        assert environment["AIRFLOW__CORE__FERNET_KEY"] == SECRETS["AIRFLOW_FERNET_KEY"], name
        assert SECRETS["REDIS_PASSWORD"] in environment["AIRFLOW__CELERY__BROKER_URL"], name
    assert services["worker"]["command"][-3:] == ["celery", "worker", "--skip-serve-logs"]


def mounts(service):
    """Target -> (source, whether it can be written), of a service's volumes as docker-compose prints them: two forms."""
    found = {}
    for volume in service.get("volumes", []):
        if isinstance(volume, str):
            source, target, mode = volume.split(":")
            found[target] = (source, mode == "rw")
        else:
            found[volume["target"]] = (volume["source"], not volume.get("read_only", False))
    return found


def test_only_the_worker_writes_more_than_logs(services):
    writable = {name: {target for target, (_, rw) in mounts(service).items() if rw} for name, service in services.items()}
    assert writable.pop("worker") == {
        "/var/lib/citynet/store",
        "/var/lib/citynet/secrets",
        "/var/lib/citynet/published",
        "/var/lib/citynet/compiled",
        "/var/log/airflow",
    }
    assert writable.pop("postgres") == {"/var/lib/postgresql/data"}
    assert {name for name, targets in writable.items() if targets} == {"init", "scheduler", "dag-processor", "triggerer"}
    assert set().union(*writable.values()) == {"/var/log/airflow"}


def test_the_worker_sees_registry_judgements_and_data_sets_of_the_host_where_the_package_looks_for_them(tmp_path, services):
    bundled = open_outside({"CITYNET_STORE": str(tmp_path), "CITYNET_PUBLISHED": str(tmp_path)})
    workdir = Path(re.findall(r"^WORKDIR (\S+)", (PROJECT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)[0])
    folders = {"CITYNET_REGISTRY": bundled.registry, "CITYNET_JUDGEMENTS": bundled.judgements, "CITYNET_DATASETS": bundled.datasets}
    for variable, folder in folders.items():
        inside = folder.relative_to(CHECKOUT)
        target = str(workdir / inside)
        assert mounts(services["worker"])[target] == (str(tmp_path / inside), False)
        assert services["worker"]["environment"][variable] == target
        elsewhere = yaml.safe_load(compose(tmp_path, SECRETS | {variable: "/srv/ours"}).stdout)["services"]["worker"]
        assert mounts(elsewhere)[target] == ("/srv/ours", False)
        assert elsewhere["environment"][variable] == target


def test_reading_the_dag_files_needs_nothing_that_only_the_worker_has(tmp_path, make_world):
    nowhere = {
        name: "/nowhere" for name in ("CITYNET_REGISTRY", "CITYNET_JUDGEMENTS", "CITYNET_DATASETS", "CITYNET_STORE", "CITYNET_PUBLISHED")
    }
    code = "import runpy, sys; [runpy.run_path(file) for file in sys.argv[1:]]"
    command = [sys.executable, "-W", "ignore", "-c", code, *map(str, sorted((PROJECT / "dags").glob("*.py")))]
    environment = make_world(tmp_path).environment | nowhere
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_compiled_code_is_kept_on_a_volume_that_the_image_makes_for_its_user(services):
    folder = services["worker"]["environment"]["NUMBA_CACHE_DIR"]
    assert mounts(services["worker"])[folder] == ("compiled", True)
    made = (PROJECT / "Dockerfile").read_text(encoding="utf-8").split("install -d -o 50000 -g 50000")[1].split("COPY")[0]
    assert folder in made.split()


def test_the_secrets_of_alerts_and_of_the_store_reach_the_worker_alone(tmp_path):
    services = yaml.safe_load(compose(tmp_path, SECRETS | OURS).stdout)["services"]
    for name, value in OURS.items():
        assert [service for service in services if value in str(services[service])] == ["worker"], name
    assert [service for service in services if SECRETS["CITYNET_ADMIN_PASSWORD"] in str(services[service])] == ["init"]


def test_every_setting_of_ours_that_is_documented_reaches_the_processes(tmp_path):
    given = {"CITYNET_CONTACT": "someone@example.org", "CITYNET_NETWORKS": "eccar", "CITYNET_STORE": "s3://bucket/store"} | OURS
    environment = yaml.safe_load(compose(tmp_path, SECRETS | given).stdout)["services"]["worker"]["environment"]
    assert {name: environment[name] for name in given} == given
    table = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8").split("## Configuration")[1].split("\n\n")[2]
    documented = set(re.findall(r"CITYNET_[A-Z]+(?:_[A-Z]+)*", table)) - {"CITYNET_AIRFLOW_PORT"}
    assert documented <= set(environment)


@pytest.mark.parametrize(
    ("weak", "value"),
    [("AIRFLOW__API_AUTH__JWT_SECRET", "j" * 63), ("CITYNET_ADMIN_PASSWORD", "admin"), ("AIRFLOW__CORE__FERNET_KEY", "short")],
)
def test_a_weak_secret_is_refused_before_anything_is_made(weak, value, services):
    environment = {name: str(v) for name, v in services["init"]["environment"].items() if v is not None} | {weak: value}
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run([PROJECT / "bin" / "served-init"], env=environment | {"PATH": path}, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"served-init: {weak}: expected")
    assert value not in done.stderr


def test_the_image_holds_the_versions_that_the_tests_ran_with():
    def versions(lock):
        return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (PROJECT / lock).read_text(encoding="utf-8"), re.MULTILINE))

    tested, served = versions("requirements.txt"), versions("requirements-served.txt")
    # s3fs stands on aiobotocore, which asks for python-dateutil below 3
    assert {name for name in tested if served.get(name) != tested[name]} <= {"python-dateutil"}
    assert {"apache-airflow-providers-celery", "apache-airflow-providers-fab", "psycopg2-binary", "asyncpg", "redis", "s3fs"} <= set(served)
    assert int(served["celery"].split(".")[1]) < 7
