# Two steps: one builds the wheel (with npm, for the CSS), the other runs it and has neither.
FROM python:3.12-slim AS build
WORKDIR /build
COPY requirements-run.lock requirements-node.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: \
      -r requirements-run.lock -r requirements-node.lock
COPY . .
RUN python scripts/vendor.py && \
    pip wheel --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1
RUN useradd --create-home --uid 10001 gofar
WORKDIR /home/gofar
COPY requirements-run.lock /tmp/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/requirements-run.lock
COPY --from=build /wheels /tmp/wheels
RUN pip install --no-cache-dir --no-deps /tmp/wheels/*.whl && rm -r /tmp/wheels
USER gofar
EXPOSE 8000
CMD ["gofar", "serve"]
