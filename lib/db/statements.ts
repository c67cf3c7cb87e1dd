import { type Functions, functions } from '../../generated/functions';
import { sqlName } from './argument-names';
import type { Database, Statement } from './database';
import type { Call } from './retry';

export type FunctionName = keyof Functions;
export type Arguments<Name extends FunctionName> = Functions[Name]['arguments'];
export type Row<Name extends FunctionName> = Functions[Name]['row'];
type ArgumentName<Name extends FunctionName> = keyof Arguments<Name> & string;

/** Allows no other names: a misspelt argument would be left out unseen. */
type Exactly<Name extends FunctionName, Given> = Given &
  Record<Exclude<keyof Given, keyof Arguments<Name>>, never>;

/** The type makes the compiler compare the list with the interface of the arguments. */
const argumentNames: { [Name in FunctionName]: readonly ArgumentName<Name>[] } = functions;

/** `text` asks for the row as one text. To scan a function as a table costs 4 % more. */
const FORMS = {
  rows: (invocation: string) => `SELECT * FROM ${invocation}`,
  text: (invocation: string) => `SELECT ${invocation} AS text`,
};
type Form = keyof typeof FORMS;

/** The statements of a form, by function and set of arguments. */
type Made = Map<FunctionName, Map<number, Statement>>;
const statements: Record<Form, Made> = { rows: new Map(), text: new Map() };

/**
 * The statement that calls a function, and its values. The function's DEFAULT stands for what is undefined.
 */
export function statement<Name extends FunctionName, Given extends Arguments<Name>>(
  name: Name,
  given: Exactly<Name, Given>,
  form: Form = 'rows',
): { statement: Statement; values: unknown[] } {
  const values: unknown[] = [];
  // One bit per argument. This runs in every request, so it makes no list of names.
  let set = 0;
  for (const argument of argumentNames[name]) {
    const value = given[argument];
    set = set * 2 + (value === undefined ? 0 : 1);
    if (value !== undefined) {
      values.push(value);
    }
  }
  return { statement: statements[form].get(name)?.get(set) ?? make(name, given, form, set), values };
}

/** A prepared statement is known by its name, so each text has its own. */
function make<Name extends FunctionName>(
  name: Name,
  given: Arguments<Name>,
  form: Form,
  set: number,
): Statement {
  const names = argumentNames[name].filter((argument) => given[argument] !== undefined);
  const values = names.map((argument, index) => `${sqlName(argument)} => $${index + 1}`);
  const text = FORMS[form](`public.${name}(${values.join(', ')})`);
  const made = { name: `${name}_${form}_${set.toString(36)}`, text };
  const others = statements[form].get(name) ?? new Map<number, Statement>();
  statements[form].set(name, others.set(set, made));
  return made;
}

/** Calls a function and answers its rows. `send` is a method of a Database. */
export function ask<Name extends FunctionName, Given extends Arguments<Name>>(
  send: Database['call'],
  name: Name,
  given: Exactly<Name, Given>,
  call: Call,
): Promise<Row<Name>[]> {
  const { statement: made, values } = statement(name, given);
  return send<Row<Name>>(made, values, call);
}

/** Calls a function that answers one row. */
export async function askOne<Name extends FunctionName, Given extends Arguments<Name>>(
  send: Database['call'],
  name: Name,
  given: Exactly<Name, Given>,
  call: Call,
): Promise<Row<Name>> {
  return one(await ask(send, name, given, call));
}

/** Calls a function that answers one row, and leaves the row as PostgreSQL writes it. */
export async function askText<Name extends FunctionName, Given extends Arguments<Name>>(
  send: Database['call'],
  name: Name,
  given: Exactly<Name, Given>,
  call: Call,
): Promise<string> {
  const { statement: made, values } = statement(name, given, 'text');
  return one(await send<{ text: string }>(made, values, call)).text;
}

function one<Found>([row]: (Found | undefined)[]): Found {
  if (row === undefined) {
    throw new Error('a function that returns a row returned none');
  }
  return row;
}
