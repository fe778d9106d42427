.PHONY: check test lock pictures
check:            ## what CI runs
	bash .ci/run
test:             ## the tests, in the environment at hand
	python -m pytest
lock:             ## requirements.lock from pyproject.toml: hashes, no addresses
	pip-compile --quiet --strip-extras --extra test --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml
pictures:         ## the pictures in docs/pictures, taken of the example in Chromium
	python -m bench.pictures docs/pictures
