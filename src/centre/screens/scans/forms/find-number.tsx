/** Whose form a number is. */
import { useState, type ReactNode } from 'react';
import { Input } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { ActButton } from '../../../../ui/act-button.tsx';
import { CodeFigures } from '../../../../ui/code-figures.tsx';
import { Facts } from '../../../../ui/facts.tsx';
import { useText } from '../../../../ui/text.ts';
import type { FoundSheet } from '../../../events/contract.ts';
import type { CentreClient } from '../../centre-console.tsx';

export function FindNumber({ centre, projectId }: { centre: CentreClient; projectId: string }): ReactNode {
  const t = useText();
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<FoundSheet | null>(null);
  return (
    <section className="stack">
      <div className="row">
        <Input
          prefix={<SearchOutlined aria-hidden />}
          className="find"
          allowClear
          maxLength={60}
          placeholder={t('forms.find')}
          aria-label={t('forms.find')}
          value={number}
          onChange={(event) => {
            setNumber(event.target.value);
            setFound(null);
          }}
        />
        <ActButton
          act={async () => {
            if (number.trim() !== '') setFound(await centre.event.find({ projectId, number }));
          }}
        >
          {t('forms.findRun')}
        </ActButton>
      </div>
      {found && (
        <div className="panel" role="status">
          <Facts
            of={[
              [t('forms.find'), <CodeFigures key="number" value={found.number} />],
              [t('forms.code'), `${found.eventCode} · ${found.eventName}`],
              [t('forms.site'), [found.siteCode, found.siteName].filter(Boolean).join(' · ')],
              [t('forms.room'), found.roomCode === '' ? t('forms.noRoom') : found.roomCode],
              [t('forms.kit'), found.kit ?? t('forms.noKit')],
              [t('forms.kind'), t(`forms.kind.${found.kind}`)],
              [t('forms.copy'), found.copy],
              ...found.states.map(
                (state, i) => [t('forms.side', { side: i + 1 }), t(`forms.state.${state}`)] as const,
              ),
            ]}
          />
        </div>
      )}
    </section>
  );
}
