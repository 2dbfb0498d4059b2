import type { ReactNode } from 'react';
import { Facts } from '../../../ui/facts.tsx';
import { useText } from '../../../ui/text.ts';

/** What is deleted, counted as it is now. */
export function WhatGoes({
  goes,
}: {
  goes: {
    readonly rooms: readonly string[];
    readonly authorisations: number;
    readonly results: number;
    /** Not given: they stay. */
    readonly registeredRooms?: number;
  };
}): ReactNode {
  const t = useText();
  return (
    <>
      <strong>{t('siteSystem.goes')}</strong>
      <Facts
        of={[
          [t('siteSystem.goesRooms'), goes.rooms.join(', ')],
          ...(goes.registeredRooms === undefined
            ? []
            : [[t('siteSystem.goesRegistrations'), goes.registeredRooms] as const]),
          [t('siteSystem.goesAuthorisations'), goes.authorisations],
          [t('siteSystem.goesResults'), goes.results],
        ]}
      />
    </>
  );
}
