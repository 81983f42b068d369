-- Renewals (续期): a tenant records, beside its other choices, that a regulation goes on or which one has replaced it.

ALTER TABLE tenant_choice DROP CONSTRAINT tenant_choice_kind_check;
ALTER TABLE tenant_choice ADD CONSTRAINT tenant_choice_kind_check
    CHECK (kind IN ('option', 'parameter', 'slot', 'calendar', 'renewal'));
