-- Whoever competes for another tenant's project sees his own entry of it alone, as an outside party does.
ALTER TABLE referral ADD COLUMN competes boolean NOT NULL DEFAULT false;
