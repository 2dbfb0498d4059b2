/** The register by site; a site opens to its rooms, which are printed from here. */
import { useState, type ReactNode } from 'react';
import { Input, Select, Table } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { DownloadButton } from '../../../../ui/download-button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Field } from '../../../../ui/field.tsx';
import { wholeNumber } from '../../../../ui/format.ts';
import { screenGate } from '../../../../ui/gate-button.tsx';
import { Listing, pageByPage } from '../../../../ui/listing.tsx';
import type { Language } from '../../../../ui/language.ts';
import { both, useRoleGate } from '../../../../ui/role-gate.ts';
import { useText } from '../../../../ui/text.ts';
import { useLoaded } from '../../../../ui/use-loaded.ts';
import { eventContract } from '../../../events/contract.ts';
import type { EventProps } from './event-page.tsx';

const pageSize = 50;
/** Each in itself: whoever prints may read another language than whoever writes on the forms. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'zh', label: '中文' },
  { value: 'ru', label: 'Русский' },
] as const;

export function RegisterTable(props: EventProps): ReactNode {
  const t = useText();
  const { centre, project, event, round } = props;
  const ofEvent = { projectId: project.id, eventId: event.id };
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [language, setLanguage] = useState<Language>(t.language);
  const gate = both(
    useRoleGate(eventContract.print),
    screenGate(event.rules.length === 0, 'forms-printed-elsewhere'),
  );
  const sites = useLoaded(`${event.id} ${search} ${page} ${round} ${event.kits}`, () =>
    centre.event.sites({ ...ofEvent, search, offset: (page - 1) * pageSize, limit: pageSize }),
  );
  if (!event.grown) return <EmptyState title={t('forms.registerNone')} todo={t('forms.registerNoneTodo')} />;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('forms.register')}</h2>
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          placeholder={t('forms.findSite')}
          aria-label={t('forms.findSite')}
          value={search}
          onChange={(change) => {
            setSearch(change.target.value);
            setPage(1);
          }}
        />
        <Field label={t('forms.language')}>
          <Select
            aria-label={t('forms.language')}
            value={language}
            onChange={setLanguage}
            options={[...languages]}
          />
        </Field>
      </div>
      <Table
        size="small"
        rowKey="code"
        dataSource={[...(sites.value?.rows ?? [])]}
        pagination={pageByPage({ page, pageSize, total: sites.value?.total, onPage: setPage })}
        expandable={{
          expandRowByClick: true,
          columnWidth: 40,
          expandedRowRender: ({ code }) => <Rooms {...props} siteCode={code} language={language} />,
        }}
        columns={[
          {
            title: t('forms.site'),
            render: (_, { code, name }) => (
              <>
                <strong>{code}</strong> {name === code ? '' : name}
              </>
            ),
          },
          {
            title: t('forms.kits'),
            align: 'right',
            className: 'number',
            render: (_, { kits }) => wholeNumber(kits, t.language),
          },
          {
            title: t('forms.came'),
            align: 'right',
            className: 'number',
            render: (_, { came, sides }) =>
              `${wholeNumber(came, t.language)} / ${wholeNumber(sides, t.language)}`,
          },
          {
            title: t('column.actions'),
            render: (_, { code }) => (
              // Its row opens on a click; this is another one.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- it stops what bubbles
              <span onClick={(click) => click.stopPropagation()}>
                <DownloadButton
                  size="small"
                  gate={gate}
                  make={() => centre.event.print({ ...ofEvent, siteCode: code, roomCode: null, language })}
                >
                  {t('forms.printSite')}
                </DownloadButton>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

function Rooms(props: EventProps & { siteCode: string; language: Language }): ReactNode {
  const t = useText();
  const { centre, project, event, siteCode, language } = props;
  const ofSite = { projectId: project.id, eventId: event.id, siteCode };
  const gate = both(
    useRoleGate(eventContract.print),
    screenGate(event.rules.length === 0, 'forms-printed-elsewhere'),
  );
  const rooms = useLoaded(`${event.id} ${siteCode} ${event.kits}`, () => centre.event.rooms(ofSite));
  return (
    <Listing
      rows={rooms.value ?? []}
      rowKey={({ roomCode }) => roomCode}
      columns={({ column, figures }) => [
        column(t('forms.room'), ({ roomCode }) =>
          roomCode === '' ? t('forms.noRoom') : <strong>{roomCode}</strong>,
        ),
        figures(t('forms.kits'), ({ kits }) => wholeNumber(kits, t.language)),
        column(t('forms.kitNumbers'), ({ firstKit, lastKit }) =>
          firstKit === null ? '–' : t('forms.kitRange', { first: firstKit, last: lastKit }),
        ),
        figures(t('forms.additional'), ({ additional }) => wholeNumber(additional, t.language)),
        column(t('column.actions'), ({ roomCode }) => (
          <DownloadButton
            size="small"
            gate={gate}
            make={() => centre.event.print({ ...ofSite, roomCode, language })}
          >
            {t('forms.print')}
          </DownloadButton>
        )),
      ]}
    />
  );
}
