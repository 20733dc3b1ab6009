# The image of every Airflow process of docker-compose.yaml: the locked packages and this checkout, run as a user without rights.
FROM python:3.11.13-slim-bookworm AS packages
# PyICU comes as source only.
RUN apt-get update && apt-get install --yes --no-install-recommends g++ libicu-dev pkg-config && rm -rf /var/lib/apt/lists/*
COPY requirements-served.txt /tmp/
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements-served.txt

FROM python:3.11.13-slim-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends libicu72 && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 50000 citynet && useradd --uid 50000 --gid 50000 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin citynet \
    && install -d -o 50000 -g 50000 /var/lib/citynet/store /var/lib/citynet/published /var/lib/citynet/secrets /var/lib/citynet/compiled \
        /var/log/airflow
COPY --from=packages /opt/venv /opt/venv
WORKDIR /opt/citynet
COPY bin/served-init bin/served-health bin/
COPY bin/served-citynet /usr/local/bin/citynet
COPY dags dags
COPY plugins plugins
COPY include include
# The root is read-only at run time: what is not compiled here is compiled again by every process.
RUN /opt/venv/bin/python -m compileall -q dags plugins include
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/opt/citynet/include PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 50000:50000
