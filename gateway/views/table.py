"""Which paths the gateway answers itself."""

from collections.abc import Mapping

from gateway.exchange import Answer
from gateway.packed import packed
from gateway.settings import GatewaySettings
from gateway.views.docs import docs_answers
from gateway.views.documents import document_answers
from gateway.views.home import home_answer


def own_answers(settings: GatewaySettings) -> Mapping[str, Answer]:
    """Give each path that the gateway answers with what it answers; all of it is read and packed once, at start.

    :raises FaultAtStart: if something of it is missing
    """
    documents = {"/": home_answer(sandbox=settings.is_sandbox), **document_answers(), **docs_answers()}
    return {path: packed(answer) for path, answer in documents.items()}
