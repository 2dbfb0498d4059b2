/** Printers or scanners that answer in this computer's networks: looked for only while somebody sees the list. */
import type { ReactNode } from 'react';
import { Spin } from 'antd';
import { ActButton } from '../../ui/act-button.tsx';
import { useText } from '../../ui/text.ts';
import { useLoaded, type Loaded } from '../../ui/use-loaded.ts';

export interface Near<T> extends Loaded<readonly T[]> {
  readonly again: () => Promise<void>;
}

/** @param key names what is looked for; null: nobody looks */
export function useNear<T>(key: string | null, search: () => Promise<readonly T[]>): Near<T> {
  const loaded = useLoaded(key, search);
  return { ...loaded, again: async () => loaded.set(await search()) };
}

/**
 * How the search stands.
 * @param again what else is to be looked for when somebody asks: what is plugged into this computer
 */
export function NearLine<T>({ near, again }: { near: Near<T>; again?: () => void }): ReactNode {
  const t = useText();
  return (
    <div className="row">
      <p className="soft grow" role="status">
        {near.value === null && near.refusal === null ? (
          <>
            <Spin size="small" /> {t('station.searching')}
          </>
        ) : (
          t('station.nearFound', { count: near.value?.length ?? 0 })
        )}
      </p>
      <ActButton
        size="small"
        act={() => {
          again?.();
          return near.again();
        }}
      >
        {t('station.searchAgain')}
      </ActButton>
    </div>
  );
}
