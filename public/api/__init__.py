"""The API, `/api/v1/`: what readers' pages tell, for programs. It reads, and nothing else.

Shapes say what an answer holds, field by field; views fill them; `description` turns both into OpenAPI and into a page.
"""
