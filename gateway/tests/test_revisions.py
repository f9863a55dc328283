from __future__ import annotations

from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from fakes.orchestrator import ID, info


async def test_versions_are_listed_read_compared_restored_and_refreshed(gateway, fake):
    fake.script("ListRevisions", pb.ListRevisionsResponse(revisions=[pb.RevisionInfo(revision=2)]))
    fake.script("GetRevision", pb.GetRevisionResponse(revision=pb.RevisionInfo(revision=1)))
    fake.script("DiffRevisions", pb.DiffRevisionsResponse(changes=[pb.Change(summary="fell")]))
    fake.script("RestoreRevision", pb.RestoreRevisionResponse(deck=info(revision=3)))
    fake.script("RefreshDeck", pb.RefreshDeckResponse(deck=info(pb.STATE_QUEUED)))
    async with gateway(fake) as client:
        base = f"/v1/decks/{ID}"
        listed = await client.get(f"{base}/revisions")
        one = await client.get(f"{base}/revisions/1")
        diff = await client.get(f"{base}/revisions:diff?from=1&to=2")
        restored = await client.post(f"{base}/revisions/1:restore")
        refreshed = await client.post(f"{base}:refresh")
        wrong = await client.get(f"{base}/revisions/0")
    assert listed.json()["revisions"][0]["revision"] == 2
    assert one.json()["revision"]["revision"] == 1
    assert diff.json()["changes"][0]["summary"] == "fell"
    assert restored.json()["revision"] == 3
    assert refreshed.status_code == 202
    assert wrong.status_code == 422
    compared = fake.requests[2]
    assert (compared.from_revision, compared.to_revision) == (1, 2)
