"""Laws of the stored cases that SQL alone can judge: each query answers the places where its law is broken."""

from __future__ import annotations

from collections.abc import Mapping

CASE_LAWS: Mapping[str, str] = {
    "every case has its tree": """
        select 'case ' || c.tree from cases c where not exists (select from tree t where t.id = c.tree)
    """,
    "everything known of a reporter is that which the log has the hash of": """
        select 'case ' || p.tree || ' field ' || p.field from personal p
        left join event e on e.tree = p.tree and e.type = 'CaseReported'
        where encode(sha256(p.salt || convert_to(p.value, 'UTF8')), 'hex') is distinct from
            e.payload::json -> 'personal' ->> case p.field when 1 then 'name' when 2 then 'phone' end
    """,
    "every shown medium belongs to a case": """
        select 'case ' || m.tree || ' media ' || m.media from case_media m
        where not exists (select from cases c where c.tree = m.tree)
    """,
}
