-- Whose row it is, the database itself holds every statement to (docs/decisions/0024).
select keep_apart('api_key', 'denial_count', 'invitation', 'membership', 'session');

comment on table organisation is 'of no organisation: each row is one, and a sign-in looks for it';
comment on table person is 'of no organisation: a person may belong to several';
comment on table password is 'of no organisation: it is the person''s, who may belong to several';
comment on table authenticator is 'of no organisation: it is the person''s, who may belong to several';
comment on table recovery_code is 'of no organisation: it is the person''s, who may belong to several';
comment on table one_time_token is 'of no organisation: it is the person''s, who may belong to several';
comment on table attempt is 'of no organisation: attempts of callers that nobody knows yet';
