"""Placeholder until the pages for communities are written."""

from fastapi import APIRouter

router = APIRouter()
