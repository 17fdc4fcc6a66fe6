"""The profile of the next contract, for a program."""

from datetime import date

from contract_builder.services.as_json.renewals import renewed_data
from contract_builder.services.project import Project
from contract_builder.services.renewing import RenewRequest, renew
from tests.mini_project import add_following_campaign
from tests.unit.services.kept_contracts import keep, made_contract


def test_a_renewal_says_where_it_is_and_counts_its_problems(project: Project) -> None:
    add_following_campaign(project.root)
    keep(project, made_contract(project), "signe")
    request = RenewRequest("990000010@1", date(2030, 7, 1), on=date(2029, 1, 1), dry_run=True)
    renewed = renew(project, request)
    data = renewed_data(renewed)
    assert (data["version_signee"], data["ecrit"]) == ("990000010@1", False)
    assert data["profil"].endswith("valmont-2030.yaml")
    assert data["controle"].keys() == {"erreurs", "avertissements", "notes"}
    assert sum(data["controle"].values()) == len(renewed.problems)
    assert data["texte"] == renewed.text
    assert data["echeance"] is not None
