"""What an app answers where no rule of ours spoke: still a problem with a code and a next step."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException

from shared.web.problem_bodies import DOOR_PROBLEMS, field_problems
from shared.web.problems import install_problem_handlers


class TestForeignRefusals:
    @pytest.mark.parametrize(
        ("status", "code"),
        [(400, "request.malformed"), (404, "request.not-found"), (405, "request.method-not-allowed")],
    )
    def test_of_the_framework_become_problems(self, status: int, code: str) -> None:
        app = FastAPI()

        @app.get("/")
        def refuse() -> None:
            raise HTTPException(status)

        install_problem_handlers(app)
        answer = TestClient(app).get("/")
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["next_step"] == DOOR_PROBLEMS[code][2]


class TestFieldProblems:
    def test_never_repeat_what_was_sent_even_escaped(self) -> None:
        sent = "Î\x86$ secret"
        said = f"Invalid: {sent!r}"
        wrong = {"type": "value_error", "loc": ("at",), "input": sent, "msg": said, "ctx": {"error": said}}
        assert field_problems([wrong]) == [{"field": "at", "message": "is not valid"}]
