import type { ReactNode } from 'react';
import { Checkbox, Input, Select } from 'antd';
import type { BoardSite } from '../../../exam/board/board-view.ts';
import type { SiteFilter } from '../../../exam/board/find-sites.ts';
import { siteStages, type SiteStage } from '../../../exam/board/site-facts.ts';
import { wholeNumber } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';
import { RegionSelect } from '../region-select.tsx';

/** Which sites the map and the list show. */
export function BoardFilter(props: {
  filter: SiteFilter;
  onFilter: (filter: SiteFilter) => void;
  /** Version with which the sites' programs are compared; null: not known yet. */
  newest: string | null;
  found: number;
  /** Every site of the session. */
  sites: readonly BoardSite[];
}): ReactNode {
  const t = useText();
  const { filter, onFilter, newest, found, sites } = props;
  const set = (part: Partial<SiteFilter>): void => onFilter({ ...filter, ...part });
  return (
    <search className="row board-filter">
      <Input
        className="filter-text"
        aria-label={t('board.search')}
        placeholder={t('board.search')}
        allowClear
        maxLength={100}
        value={filter.text}
        onChange={(event) => set({ text: event.target.value })}
      />
      <Input
        className="filter-prefix"
        aria-label={t('board.prefix')}
        placeholder={t('board.prefix')}
        allowClear
        maxLength={64}
        value={filter.prefix}
        onChange={(event) => set({ prefix: event.target.value })}
      />
      <RegionSelect of={sites} value={filter.region} onChange={(region) => set({ region })} />
      <Select
        className="filter-stage"
        aria-label={t('site.progress')}
        value={filter.stage ?? 'every'}
        onChange={(value: SiteStage | 'every') => set({ stage: value === 'every' ? null : value })}
        options={[
          { value: 'every', label: t('board.everyStage') },
          ...siteStages.map((value) => ({ value, label: t(`board.stage.${value}`) })),
        ]}
      />
      <Checkbox checked={filter.alarmOnly} onChange={(event) => set({ alarmOnly: event.target.checked })}>
        {t('board.alarmOnly')}
      </Checkbox>
      <Checkbox checked={filter.silentOnly} onChange={(event) => set({ silentOnly: event.target.checked })}>
        {t('board.silentOnly')}
      </Checkbox>
      {newest !== null && (
        <Checkbox
          checked={filter.olderThan !== null}
          onChange={(event) => set({ olderThan: event.target.checked ? newest : null })}
        >
          {t('distribution.olderOnly', { version: newest })}
        </Checkbox>
      )}
      <span className="soft" role="status">
        {t('board.found', {
          found: wholeNumber(found, t.language),
          all: wholeNumber(sites.length, t.language),
        })}
      </span>
    </search>
  );
}
