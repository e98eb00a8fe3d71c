# The way to a cluster, included by the Makefile. Each stage of the Jenkinsfile is one target of it.
# DRY_RUN=1 prints what a target would change instead of changing it.
#   TAG       names the images (the commit unless given)        REGISTRY  where they are pushed and pulled
#   OVERLAY   local (default) or production                     KUBE_CONTEXT  the cluster, if not the current one
export TAG REGISTRY OVERLAY KUBE_CONTEXT DRY_RUN ROLLOUT_SECONDS
OVERLAY ?= local
REPORTS := reports
.PHONY: images sbom containers checks manifests lint-shell lint-jenkins test-report smoke-images scan login push cluster-secrets deploy rollouts \
	smoke addresses rollback minikube-up minikube-redeploy forward forward-stop pipeline

checks: lint types imports lint-shell lint-jenkins manifests ## everything that reads the code and the manifests without running them

manifests: env ## render the overlays; Kubernetes' schemas (three versions, strict) and checkov hold, each waiver is used
	@$(BIN)/python -m tests.deploy.manifests

lint-shell: ## shellcheck and bash -n over every script
	@$$(deploy/tools.sh shellcheck) -x deploy/*.sh deploy/compose/*.sh tests/containers/*.sh .ci/run
	@for script in deploy/*.sh deploy/compose/*.sh tests/containers/*.sh .ci/run; do bash -n $$script || exit 1; done
	@echo "lint-shell: $$(ls deploy/*.sh deploy/compose/*.sh tests/containers/*.sh .ci/run | wc -l) passed, 0 failed"

lint-jenkins: env ## npm-groovy-lint over the Jenkinsfile (needs Java; ALLOW_NO_JAVA=1 makes that a counted skip)
	@if linter=$$(PYTHON=$(BIN)/python deploy/tools.sh groovy-lint); then \
		mkdir -p .tools/jenkins && cp Jenkinsfile .tools/jenkins && \
		$$linter --noserver --path .tools/jenkins --files '**/Jenkinsfile' --config deploy/tools/groovy --failon info \
			&& echo "lint-jenkins: 1 passed, 0 failed, 0 skipped"; \
	elif [ "$$ALLOW_NO_JAVA" = 1 ]; then echo "lint-jenkins: 0 passed, 0 failed, 1 skipped"; \
	else echo "lint-jenkins: apt-get install default-jre-headless, or ALLOW_NO_JAVA=1"; exit 1; fi

# Coverage comes from an environment of its own: the bank's packages stay as they are locked. One test measures two
# microseconds, which tracing alone takes; `make unit` runs it.
TIMED := --deselect tests/shared/clients/test_verify.py::TestCache::test_answers_a_known_token_in_under_two_microseconds
test-report: env ## the tests with JUnit and coverage reports in reports/
	@mkdir -p $(REPORTS) && rm -f $(REPORTS)/.coverage* $(REPORTS)/junit-*.xml $(REPORTS)/coverage.xml
	@set -e; coverage=$$(PYTHON=$(BIN)/python deploy/tools.sh coverage); \
	PYTHONPATH=$$(echo $${coverage%/bin/*}/lib/python*/site-packages) COVERAGE_FILE=$(REPORTS)/.coverage \
		$(BIN)/python -m coverage run --rcfile=deploy/tools/coverage.ini \
		-m pytest -q -p no:xdist --ignore=tests/journeys --ignore=tests/attacks --ignore=tests/containers $(TIMED) --junitxml=$(REPORTS)/junit-unit.xml $(TESTS); \
	COVERAGE_FILE=$(REPORTS)/.coverage $$coverage combine -q --rcfile=deploy/tools/coverage.ini || true; \
	COVERAGE_FILE=$(REPORTS)/.coverage $$coverage xml -q --rcfile=deploy/tools/coverage.ini -o $(REPORTS)/coverage.xml; \
	COVERAGE_FILE=$(REPORTS)/.coverage $$coverage report --rcfile=deploy/tools/coverage.ini | tail -1
	@test -n "$(TESTS)" || $(BIN)/pytest -q -p no:xdist tests/journeys --junitxml=$(REPORTS)/junit-journeys.xml
	@test -n "$(TESTS)" || $(BIN)/pytest -q -p no:xdist tests/attacks --junitxml=$(REPORTS)/junit-attacks.xml

images: ## build the image of every service, the gateway and the web server as strongroom/<name>:TAG and :dev
	@deploy/build.sh

sbom: env ## a bill of materials (CycloneDX) of each image in reports/sbom
	@PYTHON=$(BIN)/python deploy/sbom.sh

containers: env ## the container lane: engine, images, the whole bank in containers (ALLOW_NO_ENGINE=1 may leave it out)
	@PYTEST=$(BIN)/pytest tests/containers/lane.sh

smoke-images: ## run each built image, read-only and without capabilities, until it answers
	@deploy/images.sh smoke

scan: sbom ## an SBOM of each image, then checkov over Dockerfiles and secrets
	@$$(deploy/tools.sh checkov) --framework dockerfile secrets --directory . --skip-path .venv --skip-path .tools \
		--skip-path data --skip-path reports --skip-path requirements --compact --quiet --skip-download

login: ## sign in to the registry with DOCKERHUB_USER and DOCKERHUB_TOKEN
	@deploy/images.sh login

push: ## tag the built images for REGISTRY and push them
	@deploy/images.sh push

cluster-secrets: installed ## fill the cluster's Secrets; made once, kept in data/cluster
	@$(BIN)/python -m cli cluster-secrets $(if $(KUBE_CONTEXT),--context $(KUBE_CONTEXT))

deploy: ## bring OVERLAY with the images of TAG into the cluster, its monitoring included
	@deploy/cluster.sh deploy

rollouts: ## wait until every API, worker, schedule and listener runs the new version
	@deploy/cluster.sh rollouts

smoke: ## ask the deployed bank through its gateway (URL=… for another address)
	@URL=$(URL) deploy/cluster.sh smoke

addresses: ## print where the deployed bank is reached
	@deploy/cluster.sh addresses

rollback: ## back to the version before
	@deploy/cluster.sh rollback

minikube-up: installed ## a cluster on this machine with the whole bank in it
	@deploy/minikube.sh up

minikube-redeploy: ## build again, and replace what runs in minikube
	@deploy/minikube.sh redeploy

forward: ## ports of this machine to the cluster: gateway 8080, web 8082, Prometheus 9090, Grafana 3000
	@deploy/forward.sh start

forward-stop: ## close them
	@deploy/forward.sh stop

pipeline: env ## the stages of the Jenkinsfile in order, with a real engine and a local registry; the release runs dry
	@tests/containers/pipeline.sh
