"""The demo people by role, and how they sign in: at the gateway, as an API client does."""

import httpx

DEMO_PEOPLE = {
    "customer": "ada",
    "teller": "tess",
    "officer": "olu",
    "supervisor": "sam",
    "support": "sue",
    "auditor": "amir",
    "admin": "alma",
}


def demo_login(url: str, role: str) -> str:
    """Sign a demo person in at a gateway and give the access token."""
    name = DEMO_PEOPLE[role]
    body = {"email": f"{name}@demo.bank", "password": f"demo-password-{name}"}
    answer = httpx.post(f"{url}/api/v1/auth/login", json=body, timeout=20.0, trust_env=False)
    answer.raise_for_status()
    return str(answer.json()["access_token"])
