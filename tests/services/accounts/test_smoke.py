"""smoke"""
def test_x(client, log_in): 
    h=log_in()
    r=client.get("/api/v1/customers/me",headers=h); print(r.json())
    r=client.post("/api/v1/accounts",json={"product":"savings"},headers={**h,"Idempotency-Key":"a"}); print(r.status_code,r.json())
    r=client.post("/api/v1/accounts",json={"product":"savings"},headers={**h,"Idempotency-Key":"a"}); print(r.status_code,r.json(),r.headers)
    assert 0
