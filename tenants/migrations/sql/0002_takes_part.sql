-- A tenant that only takes part (只参与办理): its bodies act in others' projects under others' rulebooks.
ALTER TABLE tenant ADD COLUMN takes_part boolean NOT NULL DEFAULT false;
