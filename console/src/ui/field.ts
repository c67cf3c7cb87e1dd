/** What an input needs to show one of several fields, and to change it. */
export function fieldOf<Fields extends object>(fields: Fields, onChange: (fields: Fields) => void) {
  return (name: keyof Fields, label: string) => ({
    label,
    value: String(fields[name]),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange({ ...fields, [name]: currentTarget.value }),
  });
}
