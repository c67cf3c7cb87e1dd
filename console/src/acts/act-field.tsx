import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useWallet } from '../session/session';
import type { Field } from './act';

interface ActFieldProps {
  field: Field;
  /** The dialog opens on it. */
  isFirst: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** One field of an act, by its kind. */
export function ActField({ field, isFirst, value, onChange }: ActFieldProps) {
  const { label, description, kind, choices = [], isOptional } = field;
  const text = {
    label,
    description,
    value,
    required: !isOptional,
    'data-autofocus': isFirst || undefined,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value),
  };
  switch (kind) {
    case 'check':
      return (
        <Checkbox
          label={label}
          checked={value === 'true'}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? 'true' : '')}
        />
      );
    case 'choice':
      return <NativeSelect {...text} data={choices} />;
    case 'asset':
      return <AssetField field={field} isFirst={isFirst} value={value} onChange={onChange} />;
    case 'time':
      return <TextInput {...text} type="datetime-local" />;
    // Of digits and a point, and never a number here.
    case 'amount':
      return <TextInput {...text} inputMode="decimal" pattern="[0-9]+(\.[0-9]+)?" />;
    case 'text':
      return <TextInput {...text} maxLength={500} />;
  }
}

function AssetField({ field, isFirst, value, onChange }: ActFieldProps) {
  const wallet = useWallet();
  const { data } = useQuery({
    queryKey: ['assets'],
    queryFn: async () => (await wallet.assets.list()).assets,
  });
  const first = data?.[0]?.assetCode;
  useEffect(() => {
    if (value === '' && first !== undefined) {
      onChange(first);
    }
  }, [value, first, onChange]);
  return (
    <NativeSelect
      label={field.label}
      required
      data-autofocus={isFirst || undefined}
      value={value}
      data={data?.map(({ assetCode, name }) => ({ value: assetCode, label: `${name} (${assetCode})` })) ?? []}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
