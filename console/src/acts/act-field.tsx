import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useAssets } from '../session/assets';
import type { Field } from './act';

interface ActFieldProps {
  field: Field;
  /** The dialog opens on it. */
  isFirst: boolean;
  /** What is wrong with it. */
  fault: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** One field of an act, by its kind. */
export function ActField({ field, isFirst, fault, value, onChange }: ActFieldProps) {
  const { label, description, kind, choices = [], isOptional } = field;
  const text = {
    label,
    description,
    value,
    error: fault,
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
      return <AssetField label={label} isFirst={isFirst} value={value} onChange={onChange} />;
    case 'time':
      return <TextInput {...text} type="datetime-local" />;
    // Of digits and a point, and never a number here.
    case 'amount':
      return <TextInput {...text} inputMode="decimal" />;
    case 'text':
      return <TextInput {...text} maxLength={500} />;
  }
}

type AssetFieldProps = Pick<ActFieldProps, 'isFirst' | 'value' | 'onChange'> & { label: string };

function AssetField({ label, isFirst, value, onChange }: AssetFieldProps) {
  const { data = [] } = useAssets();
  return (
    <NativeSelect
      label={label}
      required
      data-autofocus={isFirst || undefined}
      value={value}
      data={[
        { value: '', label: 'Choose one' },
        ...data.map(({ assetCode, name }) => ({ value: assetCode, label: `${name} (${assetCode})` })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
