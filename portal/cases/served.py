"""In SQL: which services of a draft plan count. They are rows of draft_plan_recipient, with the draft's document."""


def not_taken_from_them(service: str = "r", document: str = "d") -> str:
    """Whether the document was not taken back from this adult alone."""
    return f"""EXISTS (SELECT FROM document_recipient x
    WHERE x.document = {document}.id AND x.account = {service}.account AND x.recalled_at IS NULL)"""


def stands(service: str = "r", document: str = "d") -> str:
    """Whether the adult has this draft now, so that their days count."""
    return f"""({service}.struck_at IS NULL AND {document}.recalled_at IS NULL
    AND {not_taken_from_them(service, document)})"""
