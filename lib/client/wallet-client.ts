/* eslint-disable */
/* tslint:disable */
// @ts-nocheck
/*
 * ---------------------------------------------------------------
 * ## THIS FILE WAS GENERATED VIA SWAGGER-TYPESCRIPT-API        ##
 * ##                                                           ##
 * ## AUTHOR: acacode                                           ##
 * ## SOURCE: https://github.com/acacode/swagger-typescript-api ##
 * ---------------------------------------------------------------
 */

export interface ErrorReply {
  error: {
    code: string;
    /** Of VALIDATION_ERROR a list of {path, message}; of others what they compare. */
    details?: any;
    message: string;
    requestId: string;
    /** Whether the same request, with the same key, may pass later. */
    retryable: boolean;
  };
  success: false;
}

export type QueryParamsType = Record<string | number, any>;
export type ResponseFormat = keyof Omit<Body, "body" | "bodyUsed">;

export interface FullRequestParams extends Omit<RequestInit, "body"> {
  /** set parameter to `true` for call `securityWorker` for this request */
  secure?: boolean;
  /** request path */
  path: string;
  /** content type of request body */
  type?: ContentType;
  /** query params */
  query?: QueryParamsType;
  /** format of response (i.e. response.json() -> format: "json") */
  format?: ResponseFormat;
  /** request body */
  body?: unknown;
  /** base url */
  baseUrl?: string;
  /** request cancellation token */
  cancelToken?: CancelToken;
}

export type RequestParams = Omit<
  FullRequestParams,
  "body" | "method" | "query" | "path"
>;

export interface ApiConfig<SecurityDataType = unknown> {
  baseUrl?: string;
  baseApiParams?: Omit<RequestParams, "baseUrl" | "cancelToken" | "signal">;
  securityWorker?: (
    securityData: SecurityDataType | null,
  ) => Promise<RequestParams | void> | RequestParams | void;
  customFetch?: typeof fetch;
}

export interface HttpResponse<D extends unknown, E extends unknown = unknown>
  extends Response {
  data: D;
  error: E;
}

type CancelToken = Symbol | string | number;

export enum ContentType {
  Json = "application/json",
  JsonApi = "application/vnd.api+json",
  FormData = "multipart/form-data",
  UrlEncoded = "application/x-www-form-urlencoded",
  Text = "text/plain",
}

export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string = "/";
  private securityData: SecurityDataType | null = null;
  private securityWorker?: ApiConfig<SecurityDataType>["securityWorker"];
  private abortControllers = new Map<CancelToken, AbortController>();
  private customFetch = (...fetchParams: Parameters<typeof fetch>) =>
    fetch(...fetchParams);

  private baseApiParams: RequestParams = {
    credentials: "same-origin",
    headers: {},
    redirect: "follow",
    referrerPolicy: "no-referrer",
  };

  constructor(apiConfig: ApiConfig<SecurityDataType> = {}) {
    Object.assign(this, apiConfig);
  }

  public setSecurityData = (data: SecurityDataType | null) => {
    this.securityData = data;
  };

  protected encodeQueryParam(key: string, value: any) {
    const encodedKey = encodeURIComponent(key);
    return `${encodedKey}=${encodeURIComponent(typeof value === "number" ? value : `${value}`)}`;
  }

  protected addQueryParam(query: QueryParamsType, key: string) {
    return this.encodeQueryParam(key, query[key]);
  }

  protected addArrayQueryParam(query: QueryParamsType, key: string) {
    const value = query[key];
    return value.map((v: any) => this.encodeQueryParam(key, v)).join("&");
  }

  protected toQueryString(rawQuery?: QueryParamsType): string {
    const query = rawQuery || {};
    const keys = Object.keys(query).filter(
      (key) => "undefined" !== typeof query[key],
    );
    return keys
      .map((key) =>
        Array.isArray(query[key])
          ? this.addArrayQueryParam(query, key)
          : this.addQueryParam(query, key),
      )
      .join("&");
  }

  protected addQueryParams(rawQuery?: QueryParamsType): string {
    const queryString = this.toQueryString(rawQuery);
    return queryString ? `?${queryString}` : "";
  }

  private contentFormatters: Record<ContentType, (input: any) => any> = {
    [ContentType.Json]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.JsonApi]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.Text]: (input: any) =>
      input !== null && typeof input !== "string"
        ? JSON.stringify(input)
        : input,
    [ContentType.FormData]: (input: any) => {
      if (input instanceof FormData) {
        return input;
      }

      return Object.keys(input || {}).reduce((formData, key) => {
        const property = input[key];
        formData.append(
          key,
          property instanceof Blob
            ? property
            : typeof property === "object" && property !== null
              ? JSON.stringify(property)
              : `${property}`,
        );
        return formData;
      }, new FormData());
    },
    [ContentType.UrlEncoded]: (input: any) => this.toQueryString(input),
  };

  protected mergeRequestParams(
    params1: RequestParams,
    params2?: RequestParams,
  ): RequestParams {
    return {
      ...this.baseApiParams,
      ...params1,
      ...(params2 || {}),
      headers: {
        ...(this.baseApiParams.headers || {}),
        ...(params1.headers || {}),
        ...((params2 && params2.headers) || {}),
      },
    };
  }

  protected createAbortSignal = (
    cancelToken: CancelToken,
  ): AbortSignal | undefined => {
    if (this.abortControllers.has(cancelToken)) {
      const abortController = this.abortControllers.get(cancelToken);
      if (abortController) {
        return abortController.signal;
      }
      return void 0;
    }

    const abortController = new AbortController();
    this.abortControllers.set(cancelToken, abortController);
    return abortController.signal;
  };

  public abortRequest = (cancelToken: CancelToken) => {
    const abortController = this.abortControllers.get(cancelToken);

    if (abortController) {
      abortController.abort();
      this.abortControllers.delete(cancelToken);
    }
  };

  public request = async <T = any, E = any>({
    body,
    secure,
    path,
    type,
    query,
    format,
    baseUrl,
    cancelToken,
    ...params
  }: FullRequestParams): Promise<HttpResponse<T, E>> => {
    const secureParams =
      ((typeof secure === "boolean" ? secure : this.baseApiParams.secure) &&
        this.securityWorker &&
        (await this.securityWorker(this.securityData))) ||
      {};
    const requestParams = this.mergeRequestParams(params, secureParams);
    const queryString = query && this.toQueryString(query);
    const payloadFormatter = this.contentFormatters[type || ContentType.Json];
    const responseFormat = format || requestParams.format;

    return this.customFetch(
      `${baseUrl || this.baseUrl || ""}${path}${queryString ? `?${queryString}` : ""}`,
      {
        ...requestParams,
        headers: {
          ...(requestParams.headers || {}),
          ...(type && type !== ContentType.FormData
            ? { "Content-Type": type }
            : {}),
        },
        signal:
          (cancelToken
            ? this.createAbortSignal(cancelToken)
            : requestParams.signal) || null,
        body:
          typeof body === "undefined" || body === null
            ? null
            : payloadFormatter(body),
      },
    ).then(async (response) => {
      const r = response as HttpResponse<T, E>;
      r.data = null as unknown as T;
      r.error = null as unknown as E;

      const responseToParse = responseFormat ? response.clone() : response;
      const data = !responseFormat
        ? r
        : await responseToParse[responseFormat]()
            .then((data) => {
              if (r.ok) {
                r.data = data;
              } else {
                r.error = data;
              }
              return r;
            })
            .catch((e) => {
              r.error = e;
              return r;
            });

      if (cancelToken) {
        this.abortControllers.delete(cancelToken);
      }

      if (!response.ok) throw data;
      return data;
    });
  };
}

/**
 * @title Game wallet
 * @version 0.1.0
 * @license MIT
 * @baseUrl /
 *
 * Amounts are decimal: a number or a decimal string in requests, a number in replies. A request that moves money carries an idempotency key: sent again, it is answered as the first time and moves nothing.
 */
export class Api<
  SecurityDataType extends unknown,
> extends HttpClient<SecurityDataType> {
  api = {
    /**
     * @description Needs the scope `read`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND.
     *
     * @tags admin
     * @name AdminGetAccount
     * @summary A user's account
     * @request GET:/api/accounts/{userId}
     */
    adminGetAccount: (userId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: {
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            createdAt: string;
            name: string | null;
            status: "active" | "frozen" | "closed";
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${userId}`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND.
     *
     * @tags admin
     * @name AdminGetTransaction
     * @summary A transaction with its two entries
     * @request GET:/api/ledger/{transactionId}
     */
    adminGetTransaction: (transactionId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            /**
             * @maxItems 2
             * @minItems 2
             */
            entries: {
              account: string;
              accountType: "user" | "treasury" | "revenue" | "bonus_pool";
              amount: number;
              entryType: "debit" | "credit";
              runningBalance: number | string;
            }[];
            groupId: string | null;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            id: string;
            idempotencyKey: string | null;
            metadata: object;
            principal: string | null;
            relatedId: string | null;
            status: "completed";
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            type: string;
            typeCode:
              | "TOP_UP"
              | "BONUS"
              | "PURCHASE"
              | "TRANSFER"
              | "REFUND"
              | "REVERSAL"
              | "EXCHANGE";
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/ledger/${transactionId}`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`.
     *
     * @tags admin
     * @name AdminListAssets
     * @summary Every asset
     * @request GET:/api/assets
     */
    adminListAssets: (params: RequestParams = {}) =>
      this.request<
        {
          data: {
            assets: {
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              name: string;
              /**
               * @min 0
               * @max 6
               */
              scale: number;
              transferable: boolean;
            }[];
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/assets`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`.
     *
     * @tags admin
     * @name AdminPutAccount
     * @summary Open a user's account, or rename it
     * @request PUT:/api/accounts/{userId}
     */
    adminPutAccount: (
      userId: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 255
         */
        name?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            createdAt: string;
            name: string | null;
            status: "active" | "frozen" | "closed";
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${userId}`,
        method: "PUT",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `admin`. Refusals of its own, in the order in which they are decided: ASSET_SCALE_FIXED.
     *
     * @tags admin
     * @name AdminPutAsset
     * @summary Create an asset, or change its name and transferability
     * @request PUT:/api/assets/{assetCode}
     */
    adminPutAsset: (
      assetCode: string,
      data: {
        /**
         * @minLength 1
         * @maxLength 255
         */
        name: string;
        /**
         * @min 0
         * @max 6
         */
        scale: number;
        /** @default false */
        transferable?: boolean;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            name: string;
            /**
             * @min 0
             * @max 6
             */
            scale: number;
            transferable: boolean;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ASSET_SCALE_FIXED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/assets/${assetCode}`,
        method: "PUT",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`.
     *
     * @tags admin
     * @name AdminReconciliation
     * @summary What the last reconciliation found
     * @request GET:/api/reports/reconciliation
     */
    adminReconciliation: (params: RequestParams = {}) =>
      this.request<
        {
          data: {
            checked: Partial<Record<string, number>>;
            discrepancies: {
              check: string;
              [key: string]: any;
            }[];
            finishedAt: string | null;
            full: boolean | null;
            snapshotAt: string | null;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/reports/reconciliation`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ACCOUNT_NOT_EMPTY.
     *
     * @tags admin
     * @name AdminSetAccountStatus
     * @summary Freeze, close or reopen a user's account
     * @request PATCH:/api/accounts/{userId}
     */
    adminSetAccountStatus: (
      userId: string,
      data: {
        status: "active" | "frozen" | "closed";
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            createdAt: string;
            name: string | null;
            status: "active" | "frozen" | "closed";
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_NOT_EMPTY";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${userId}`,
        method: "PATCH",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`.
     *
     * @tags admin
     * @name AdminTrialBalance
     * @summary Per asset the totals by type of account, and their sum: zero
     * @request GET:/api/reports/trial-balance
     */
    adminTrialBalance: (params: RequestParams = {}) =>
      this.request<
        {
          data: {
            assets: {
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              /** @example "0" */
              sum: string;
              totals: {
                /** @example "0" */
                bonusPool: string;
                /** @example "0" */
                revenue: string;
                /** @example "0" */
                treasury: string;
                /** @example "0" */
                user: string;
              };
            }[];
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/reports/trial-balance`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, HOLD_CAPTURED, HOLD_VOIDED, HOLD_EXPIRED, CAPTURE_EXCEEDS_HOLD, INSUFFICIENT_FUNDS.
     *
     * @tags holds
     * @name HoldsCapture
     * @summary Spend a hold, in part or whole, as a purchase
     * @request POST:/api/holds/{holdId}/capture
     */
    holdsCapture: (
      holdId: string,
      data: {
        /** @example 25 */
        amount?: number | string;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            holdId: string;
            item: string | null;
            newBalance: number;
            releasedAmount: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "HOLD_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "HOLD_CAPTURED"
                | "HOLD_VOIDED"
                | "HOLD_EXPIRED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "CAPTURE_EXCEEDS_HOLD"
                | "INSUFFICIENT_FUNDS";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds/${holdId}/capture`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`. Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND.
     *
     * @tags holds
     * @name HoldsGet
     * @summary A hold as it stands now
     * @request GET:/api/holds/{holdId}
     */
    holdsGet: (holdId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            capturedAmount: number | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            createdAt: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            expiresAt: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            holdId: string;
            metadata: object;
            status: "active" | "captured" | "voided" | "expired";
            transactionId: string | null;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "HOLD_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds/${holdId}`,
        method: "GET",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, INSUFFICIENT_FUNDS.
     *
     * @tags holds
     * @name HoldsPlace
     * @summary Reserve funds of a user for a time
     * @request POST:/api/holds
     */
    holdsPlace: (
      data: {
        /** @example 25 */
        amount: number | string;
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode: string;
        /**
         * @min 1
         * @max 2592000
         * @default 900
         */
        expiresInSeconds?: number;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        userId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            available: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            expiresAt: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            holdId: string;
            status: "active";
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "INSUFFICIENT_FUNDS";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND, HOLD_CAPTURED, HOLD_EXPIRED.
     *
     * @tags holds
     * @name HoldsVoid
     * @summary Give a hold up
     * @request POST:/api/holds/{holdId}/void
     */
    holdsVoid: (holdId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            capturedAmount: number | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            createdAt: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            expiresAt: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            holdId: string;
            metadata: object;
            status: "active" | "captured" | "voided" | "expired";
            transactionId: string | null;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "HOLD_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "HOLD_CAPTURED" | "HOLD_EXPIRED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds/${holdId}/void`,
        method: "POST",
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @tags wallet
     * @name WalletBalance
     * @summary Balances of a user, now or at a time
     * @request GET:/api/balance/{userId}
     */
    walletBalance: (
      userId: string,
      query?: {
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode?: string;
        at?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            balances: {
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              assetName: string;
              available: number;
              balance: number;
              held: number;
            }[];
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/balance/${userId}`,
        method: "GET",
        query: query,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_NOT_TRANSFERABLE, AMOUNT_PRECISION, SAME_ACCOUNT, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletBatch
     * @summary Post up to 1000 transactions together or not at all
     * @request POST:/api/transactions/batch
     */
    walletBatch: (
      data: {
        /**
         * @maxItems 1000
         * @minItems 1
         */
        transactions: (
          | {
              /** @example 25 */
              amount: number | string;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              /**
               * @pattern ^[\x20-\x7e]{1,255}$
               * @example "topup-user001-20240215-1234"
               */
              idempotencyKey: string;
              metadata?: object;
              type: "topup";
              /**
               * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
               * @example "user_001"
               */
              userId: string;
            }
          | {
              /** @example 25 */
              amount: number | string;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              /**
               * @pattern ^[\x20-\x7e]{1,255}$
               * @example "topup-user001-20240215-1234"
               */
              idempotencyKey: string;
              metadata?: object;
              type: "bonus";
              /**
               * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
               * @example "user_001"
               */
              userId: string;
            }
          | {
              /** @example 25 */
              amount: number | string;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              /**
               * @pattern ^[\x20-\x7e]{1,255}$
               * @example "topup-user001-20240215-1234"
               */
              idempotencyKey: string;
              metadata?: object;
              type: "purchase";
              /**
               * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
               * @example "user_001"
               */
              userId: string;
            }
          | {
              /** @example 25 */
              amount: number | string;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              /**
               * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
               * @example "user_001"
               */
              fromUserId: string;
              /**
               * @pattern ^[\x20-\x7e]{1,255}$
               * @example "topup-user001-20240215-1234"
               */
              idempotencyKey: string;
              metadata?: object;
              /**
               * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
               * @example "user_001"
               */
              toUserId: string;
              type: "transfer";
            }
        )[];
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            groupId: string;
            transactions: (
              | {
                  amount: number;
                  /**
                   * @pattern ^[A-Z0-9_]{1,32}$
                   * @example "GOLD_COIN"
                   */
                  assetCode: string;
                  newBalance: number;
                  /**
                   * @format date-time
                   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
                   * @example "2024-02-15T10:30:00.000Z"
                   */
                  timestamp: string;
                  /**
                   * @format uuid
                   * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
                   */
                  transactionId: string;
                  /**
                   * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
                   * @example "user_001"
                   */
                  userId: string;
                }
              | {
                  amount: number;
                  /**
                   * @pattern ^[A-Z0-9_]{1,32}$
                   * @example "GOLD_COIN"
                   */
                  assetCode: string;
                  newBalance: number;
                  reason: string | null;
                  /**
                   * @format date-time
                   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
                   * @example "2024-02-15T10:30:00.000Z"
                   */
                  timestamp: string;
                  /**
                   * @format uuid
                   * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
                   */
                  transactionId: string;
                  /**
                   * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
                   * @example "user_001"
                   */
                  userId: string;
                }
              | {
                  amount: number;
                  /**
                   * @pattern ^[A-Z0-9_]{1,32}$
                   * @example "GOLD_COIN"
                   */
                  assetCode: string;
                  item: string | null;
                  newBalance: number;
                  /**
                   * @format date-time
                   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
                   * @example "2024-02-15T10:30:00.000Z"
                   */
                  timestamp: string;
                  /**
                   * @format uuid
                   * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
                   */
                  transactionId: string;
                  /**
                   * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
                   * @example "user_001"
                   */
                  userId: string;
                }
              | {
                  amount: number;
                  /**
                   * @pattern ^[A-Z0-9_]{1,32}$
                   * @example "GOLD_COIN"
                   */
                  assetCode: string;
                  /**
                   * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
                   * @example "user_001"
                   */
                  fromUserId: string;
                  newBalance: number;
                  /**
                   * @format date-time
                   * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
                   * @example "2024-02-15T10:30:00.000Z"
                   */
                  timestamp: string;
                  /**
                   * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
                   * @example "user_001"
                   */
                  toUserId: string;
                  /**
                   * @format uuid
                   * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
                   */
                  transactionId: string;
                }
            )[];
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "ASSET_NOT_TRANSFERABLE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "SAME_ACCOUNT"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/batch`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, AMOUNT_PRECISION, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletBonus
     * @summary Credit what the system gives for free
     * @request POST:/api/transactions/bonus
     */
    walletBonus: (
      data: {
        /** @example 25 */
        amount: number | string;
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode: string;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        userId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            newBalance: number;
            reason: string | null;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_CLOSED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/bonus`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletExchange
     * @summary Exchange one asset of a user for another
     * @request POST:/api/transactions/exchange
     */
    walletExchange: (
      data: {
        from: {
          /** @example 25 */
          amount: number | string;
          /**
           * @pattern ^[A-Z0-9_]{1,32}$
           * @example "GOLD_COIN"
           */
          assetCode: string;
        };
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        to: {
          /** @example 25 */
          amount: number | string;
          /**
           * @pattern ^[A-Z0-9_]{1,32}$
           * @example "GOLD_COIN"
           */
          assetCode: string;
        };
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        userId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            from: {
              amount: number;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              newBalance: number;
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              transactionId: string;
            };
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            groupId: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            to: {
              amount: number;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              newBalance: number;
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              transactionId: string;
            };
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/exchange`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `read`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @tags wallet
     * @name WalletHistory
     * @summary Transactions of a user, newest first
     * @request GET:/api/transactions/{userId}
     */
    walletHistory: (
      userId: string,
      query?: {
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode?: string;
        cursor?: string;
        from?: string;
        /**
         * @min 1
         * @max 200
         */
        limit?: number;
        /**
         * @min 0
         * @max 10000
         */
        offset?: number;
        to?: string;
        type?:
          | "TOP_UP"
          | "BONUS"
          | "PURCHASE"
          | "TRANSFER"
          | "REFUND"
          | "REVERSAL"
          | "EXCHANGE";
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            limit: number;
            nextCursor: string | null;
            offset: number;
            transactions: {
              amount: number;
              asset: string;
              /**
               * @pattern ^[A-Z0-9_]{1,32}$
               * @example "GOLD_COIN"
               */
              assetCode: string;
              description: string;
              entryType: "debit" | "credit";
              /**
               * @format uuid
               * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
               */
              id: string;
              metadata: object;
              runningBalance: number;
              status: "completed";
              /**
               * @format date-time
               * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
               * @example "2024-02-15T10:30:00.000Z"
               */
              timestamp: string;
              type: string;
              typeCode:
                | "TOP_UP"
                | "BONUS"
                | "PURCHASE"
                | "TRANSFER"
                | "REFUND"
                | "REVERSAL"
                | "EXCHANGE";
            }[];
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/${userId}`,
        method: "GET",
        query: query,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, INSUFFICIENT_FUNDS.
     *
     * @tags wallet
     * @name WalletPurchase
     * @summary Debit what a user spends
     * @request POST:/api/transactions/purchase
     */
    walletPurchase: (
      data: {
        /** @example 25 */
        amount: number | string;
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode: string;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        userId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            item: string | null;
            newBalance: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "INSUFFICIENT_FUNDS";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/purchase`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, NOT_REFUNDABLE, REFUND_EXCEEDS_ORIGINAL, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletRefund
     * @summary Give a purchase back, in part or whole
     * @request POST:/api/transactions/refund
     */
    walletRefund: (
      data: {
        /** @example 25 */
        amount?: number | string;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        transactionId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            newBalance: number;
            refundableAmount: number;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            refundedTransactionId: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "NOT_REFUNDABLE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "REFUND_EXCEEDS_ORIGINAL"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/refund`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `admin`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, NOT_REVERSIBLE, ALREADY_REVERSED, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletReversal
     * @summary Take a top-up or bonus back
     * @request POST:/api/transactions/reversal
     */
    walletReversal: (
      data: {
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        /** @default "reject" */
        onInsufficientFunds?: "reject" | "allow-negative";
        /**
         * @minLength 1
         * @maxLength 255
         */
        reason: string;
        /**
         * @format uuid
         * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
         */
        transactionId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            newBalance: number;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            reversedTransactionId: string;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "NOT_REVERSIBLE"
                | "ALREADY_REVERSED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/reversal`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, AMOUNT_PRECISION, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletTopup
     * @summary Credit what a user bought with real money
     * @request POST:/api/transactions/topup
     */
    walletTopup: (
      data: {
        /** @example 25 */
        amount: number | string;
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode: string;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        userId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            newBalance: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            userId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ACCOUNT_CLOSED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/topup`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs the scope `write`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_NOT_TRANSFERABLE, AMOUNT_PRECISION, SAME_ACCOUNT, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletTransfer
     * @summary Move between users an asset that was made transferable
     * @request POST:/api/transactions/transfer
     */
    walletTransfer: (
      data: {
        /** @example 25 */
        amount: number | string;
        /**
         * @pattern ^[A-Z0-9_]{1,32}$
         * @example "GOLD_COIN"
         */
        assetCode: string;
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        fromUserId: string;
        /**
         * @pattern ^[\x20-\x7e]{1,255}$
         * @example "topup-user001-20240215-1234"
         */
        idempotencyKey: string;
        metadata?: object;
        /**
         * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
         * @example "user_001"
         */
        toUserId: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: {
            amount: number;
            /**
             * @pattern ^[A-Z0-9_]{1,32}$
             * @example "GOLD_COIN"
             */
            assetCode: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            fromUserId: string;
            newBalance: number;
            /**
             * @format date-time
             * @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:Z))$
             * @example "2024-02-15T10:30:00.000Z"
             */
            timestamp: string;
            /**
             * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
             * @example "user_001"
             */
            toUserId: string;
            /**
             * @format uuid
             * @pattern ^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$
             */
            transactionId: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "ASSET_NOT_TRANSFERABLE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error?: {
              code?:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "SAME_ACCOUNT"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/transfer`,
        method: "POST",
        body: data,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),
  };
  health = {
    /**
     * @description Needs the scope `public`.
     *
     * @tags system
     * @name SystemHealth
     * @summary Whether the service and its database answer
     * @request GET:/health
     */
    systemHealth: (params: RequestParams = {}) =>
      this.request<
        {
          data: {
            database: "ok";
            status: "ok";
            version: string;
          };
          success: true;
        },
        | (ErrorReply & {
            error?: {
              code?: "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error?: {
              code?: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/health`,
        method: "GET",
        format: "json",
        ...params,
      }),
  };
}
