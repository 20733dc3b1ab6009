"""An open case as a task of Airflow that waits for a person: Airflow's own human-in-the-loop operator with our questions and answers."""

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowSkipException

from citynet.orchestration.outside import or_skip, outside
from citynet.pipelines import queue
from citynet.pipelines.asking import POSTPONE, Question


class AskPerson(HITLOperator):
    """Asks one question, waits without a worker or a trigger, and keeps the answer as a judgement signed by who gave it.

    A class, because Airflow hands the answer to a method of the operator. Ends skipped where nothing is kept: postponed, unanswered in
    time, or said already. An answer that can't hold ends failed with the reason and the answer in its log.
    """

    template_fields = ()  # names from the web stand in subject and body: Airflow must not take them for templates

    def __init__(self, *, question: Question, params: object = None, **more: Any) -> None:
        """params: those of the DAG, which Airflow passes on; the form has the fields of the question alone."""
        self.question = question
        super().__init__(
            subject=question["subject"],
            body=question["body"],
            options=question["options"],
            defaults=POSTPONE,
            params={n: Param(f["value"], description=f["description"], **f["schema"]) for n, f in question["fields"].items()},
            response_timeout=timedelta(seconds=question["seconds"]),
            **more,
        )

    def execute(self, context: Any) -> Any:
        """Ask; a second try asks only what is still open, since the first may have been killed after the answer was kept."""
        if context["ti"].try_number > 1 and not queue.is_open(outside(), self.question):
            raise AirflowSkipException(f"{self.question['case_id']}: answered meanwhile")
        return super().execute(context)

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:
        """Keep the answer; fields that were left out in an answer by the API are as the form shows them."""
        if "error" not in event:
            left = {name: field["value"] for name, field in self.question["fields"].items()}
            event = event | {"params_input": {**left, **(event["params_input"] or {})}}
        said = super().execute_complete(context, event)
        by = (said["responded_by_user"] or {}).get("name", "")
        kept = queue.answer(outside(), self.question, said["chosen_options"][0], said["params_input"], by, said["responded_at"])
        return or_skip(kept, "nothing new is kept")
